import { accepted, rejected, unknown, type ConnectorContext } from '@repartee/connector-sdk';
import type { Attempt, Outcome } from '@repartee/contracts';
import { chooseSender } from './choose-sender.js';
import { composeText, type SmsAction } from './deliver.js';
import type { SmsSettings } from './sms-settings.js';
import { openClient } from './twilio-client.js';

/** Our clock and Twilio's, which counts whole seconds, may differ by this much. Milliseconds. */
const SKEW = 60_000;
/** An attempt waits for its turn, then for an answer; Twilio makes the message before that ends. Milliseconds. */
const LONGEST_ATTEMPT = 10 * 60_000;
const DAY = 24 * 3_600_000;
const PAGE = 100;
const WHOLE = 1000;

/**
 * Looks for the message an attempt may have made: by recipient, sender and time, then by what it says. A link of its own
 * names one delivery; else the whole text must be the same. One that fits, and is no other delivery's, proves that it was
 * made. Two of the same text prove nothing: both stay unknown until a callback names the attempt. That there is none
 * proves something when its time is over by far: then no message to the recipient may be there that nobody else made.
 */
export async function reconcile(attempt: Attempt, ctx: ConnectorContext<SmsSettings>): Promise<Outcome> {
  const { settings } = ctx;
  const { to, links } = attempt.action;
  const text = textOf(attempt.action, settings);
  const ownLinks = Object.values(links).filter((link) => link !== undefined);
  const begun = Date.parse(attempt.begunAt ?? attempt.startedAt);
  const from = chooseSender(settings.senders, to.address);
  const { client } = openClient(ctx);
  const sent = { ...(from !== undefined && { from }), dateSentAfter: new Date(begun - SKEW) };
  let free: Listed[] = [];
  let complete = false;
  // The date narrows a long history, but a message that still waits has none yet.
  for (const narrowed of [{ ...sent, limit: PAGE }, { limit: WHOLE }]) {
    const found = await client.messages.list({ to: to.address, pageSize: narrowed.limit, ...narrowed });
    complete = found.length < narrowed.limit;
    free = found.filter(({ direction, sid }) => direction !== 'inbound' && !attempt.otherIds?.includes(sid));
    const ours = free.filter((message) => isOurs(message, begun, settings));
    const linked = ours.find(({ body }) => ownLinks.some((link) => body.includes(link)));
    if (linked) return accepted(linked.sid);
    const [first, second] = ours.filter(({ body }) => body === text);
    if (second) return unknown('Twilio knows several messages that fit');
    if (first) return accepted(first.sid);
  }
  const isOver = ctx.clock.now() - begun >= settings.absentAfter * 60_000;
  const isThere = free.some(({ dateCreated }) => dateCreated.getTime() >= begun - DAY);
  if (!isOver || !complete || isThere) return unknown('Twilio knows no message that fits');
  return rejected('SMS.NEVER_MADE', { retryable: true, detail: 'Twilio has no such message' });
}

function textOf({ content, data, ...action }: Attempt['action'], settings: SmsSettings): string | undefined {
  if (content === undefined || data === undefined) return undefined;
  const text = composeText({ ...action, content: content as SmsAction['content'], data }, settings);
  return text.ok ? text.value.body : undefined;
}

interface Listed {
  sid: string;
  body: string;
  direction: string;
  dateCreated: Date;
  messagingServiceSid: string;
}

function isOurs({ dateCreated, messagingServiceSid }: Listed, begun: number, settings: SmsSettings): boolean {
  const created = dateCreated.getTime();
  const byUs = settings.senders !== undefined || messagingServiceSid === settings.messagingServiceSid;
  return byUs && created >= begun - SKEW && created <= begun + LONGEST_ATTEMPT;
}
