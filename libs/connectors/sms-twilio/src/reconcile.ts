import { accepted, unknown, type ConnectorContext } from '@repartee/connector-sdk';
import type { Action, Attempt, Outcome } from '@repartee/contracts';
import { chooseSender } from './choose-sender.js';
import { composeText, type SmsAction } from './deliver.js';
import type { SmsSettings } from './sms-settings.js';
import { openClient } from './twilio-client.js';

/** Our clock and Twilio's, which counts whole seconds, may differ by this much. Milliseconds. */
const SKEW = 60_000;
/** An attempt waits for its turn, then for an answer; Twilio makes the message before that ends. Milliseconds. */
const LONGEST_ATTEMPT = 10 * 60_000;
const PAGE = 100;

/**
 * Looks for the message an attempt may have made: by recipient, sender and time, then by what it says. A link of its own
 * names one delivery; else the whole text must be the same. One that fits proves that it was made. None proves nothing,
 * and two of the same text may be another delivery's: both stay unknown until a callback names the attempt.
 */
export async function reconcile(attempt: Attempt, ctx: ConnectorContext<SmsSettings>): Promise<Outcome> {
  const { settings } = ctx;
  const action: KeptAction = attempt.action;
  const text = textOf(action, settings);
  const links = Object.values(action.links).filter((link) => link !== undefined);
  const started = Date.parse(attempt.startedAt);
  const from = chooseSender(settings.senders, action.to.address);
  const asked = { to: action.to.address, ...(from !== undefined && { from }), pageSize: PAGE, limit: PAGE };
  const { client } = openClient(ctx);
  // The date narrows a long history, but a message that still waits has none yet.
  for (const when of [{ dateSentAfter: new Date(started - SKEW) }, {}]) {
    const found = await client.messages.list({ ...asked, ...when });
    const ours = found.filter((message) => isOurs(message, started, settings));
    const linked = ours.find(({ body }) => links.some((link) => body.includes(link)));
    if (linked) return accepted(linked.sid);
    const [first, second] = ours.filter(({ body }) => body === text);
    if (second) return unknown('Twilio knows several messages that fit');
    if (first) return accepted(first.sid);
  }
  return unknown('Twilio knows no message that fits');
}

/** What was to be said may no longer be known. */
type KeptAction = Omit<SmsAction, 'content' | 'data'> & Partial<Pick<Action, 'content' | 'data'>>;

function textOf({ content, data, ...action }: KeptAction, settings: SmsSettings): string | undefined {
  if (content === undefined || data === undefined) return undefined;
  const text = composeText({ ...action, content: content as SmsAction['content'], data }, settings);
  return text.ok ? text.value.body : undefined;
}

interface Listed {
  direction: string;
  dateCreated: Date;
  messagingServiceSid: string;
}

function isOurs(
  { direction, dateCreated, messagingServiceSid }: Listed,
  started: number,
  settings: SmsSettings,
): boolean {
  const created = dateCreated.getTime();
  const byUs = settings.senders !== undefined || messagingServiceSid === settings.messagingServiceSid;
  return direction !== 'inbound' && byUs && created >= started - SKEW && created <= started + LONGEST_ATTEMPT;
}
