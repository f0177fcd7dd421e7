import { createHash } from 'node:crypto';
import { sendersIn } from './sms-settings.js';

/**
 * The number of the list that writes to this person, always the same one. Highest random weight: when the pool changes,
 * only those move whose number left or who are drawn to the new one (Thaler and Ravishankar, IEEE/ACM ToN 6(1), 1998).
 * @returns undefined without a list, where a Messaging Service chooses
 */
export function chooseSender(senders: string | undefined, recipient: string): string | undefined {
  if (senders === undefined) return undefined;
  const weighed = sendersIn(senders).map((sender) => ({ sender, weight: weightOf(sender, recipient) }));
  return weighed.sort((a, b) => b.weight.compare(a.weight))[0]?.sender;
}

/** A name instead of a number: nobody can answer it. */
export function isAlphanumeric(sender: string): boolean {
  return /[A-Za-z]/.test(sender);
}

function weightOf(sender: string, recipient: string): Buffer {
  return createHash('sha256').update(`${sender}\n${recipient}`).digest();
}
