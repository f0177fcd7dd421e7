import type { Action } from '@repartee/contracts';
import { isAlphanumeric } from './choose-sender.js';
import { isOptOutWord } from './opt-words.js';
import type { SmsSettings } from './sms-settings.js';

type Furniture = Pick<SmsSettings, 'brand' | 'optOutText'>;

const WORD = /[\p{L}\p{N}]+/gu;

/**
 * Adds what a marketing text must have and its template may lack: whose it is, and how to opt out. Nobody can answer an
 * alphanumeric sender, so there the unsubscribe link stands for STOP.
 * @returns undefined when there is no way to opt out
 */
export function furnishText(
  text: string,
  action: Pick<Action, 'class' | 'links'>,
  settings: Furniture,
  sender: string | undefined,
): string | undefined {
  if (action.class !== 'marketing') return text;
  const { unsubscribe } = action.links;
  const answerable = sender === undefined || !isAlphanumeric(sender);
  const wayOut = answerable ? settings.optOutText : unsubscribe && `Unsubscribe: ${unsubscribe}`;
  if (wayOut === undefined) return undefined;
  const hasWayOut =
    (unsubscribe !== undefined && text.includes(unsubscribe)) || (answerable && namesOptOutWord(text));
  const named = says(text, settings.brand) ? text : `${settings.brand}: ${text}`;
  return hasWayOut ? named : `${named}\n${wayOut}`;
}

/** A word in capitals, as instructions have it: "Reply STOP to end". */
function namesOptOutWord(text: string): boolean {
  return (text.match(WORD) ?? []).some((word) => word === word.toUpperCase() && isOptOutWord(word));
}

function says(text: string, brand: string | undefined): boolean {
  return brand === undefined || text.toLowerCase().includes(brand.toLowerCase());
}
