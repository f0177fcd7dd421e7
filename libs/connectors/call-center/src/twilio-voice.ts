import { type Fact, formOf, type RawRequest, type ReceivedFacts } from '@repartee/connector-sdk';

const ROUTE = '/v1/connectors/call-center/webhooks';
const VOICE = new RegExp(`${ROUTE}/voice(?:/([a-z]+))?(?:[/?#]|$)`);
const QUEUE = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const AGENT_MAX = 200;

/** https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
const EVENTS: Readonly<Record<string, 'started' | 'answered' | 'ended'>> = {
  queued: 'started',
  initiated: 'started',
  ringing: 'started',
  'in-progress': 'answered',
  completed: 'ended',
  busy: 'ended',
  failed: 'ended',
  'no-answer': 'ended',
  canceled: 'ended',
};

/** Whether a webhook is one of Twilio Voice's. */
export function isTwilioVoice({ url }: Pick<RawRequest, 'url'>): boolean {
  return VOICE.test(url);
}

/** The URL as Twilio knew it: behind a proxy the one that was called inside may differ from the public one. */
export function calledUrls({ url }: Pick<RawRequest, 'url'>, publicUrl: string | undefined): string[] {
  const path = url.indexOf(ROUTE);
  if (publicUrl === undefined || path < 0) return [url];
  return [...new Set([url, publicUrl.replace(/\/+$/, '') + url.slice(path)])];
}

/**
 * Reads what Twilio Voice says. `/voice` is asked for instructions when somebody calls and is answered with TwiML that
 * puts them into the queue of `?queue=`; `/voice/status` takes status callbacks; `/voice/connected` is asked when an
 * agent (`?agent=`) takes the caller out of a queue.
 */
export function receiveVoice(raw: RawRequest, settings: { queue: string }): ReceivedFacts {
  const form = formOf(raw);
  const query = queryOf(raw.url);
  const place = VOICE.exec(raw.url)?.[1] ?? 'incoming';
  const asked = query.get('queue') ?? '';
  const queue = QUEUE.test(asked) ? asked : settings.queue;
  const callId = form.get('CallSid') ?? '';
  const event = eventOf(place, form);
  const facts: Fact[] = callId === '' || event === undefined ? [] : [factOf(form, { callId, event, place })];
  for (const fact of facts) {
    if (fact.kind !== 'call') continue;
    if (place === 'incoming') fact.queue = queue;
    const agent = query.get('agent');
    if (agent) fact.agent = agent.slice(0, AGENT_MAX);
  }
  return { reply: twiml(place === 'incoming' ? `<Enqueue>${queue}</Enqueue>` : ''), facts };
}

function eventOf(place: string, form: URLSearchParams) {
  if (place === 'incoming') return 'started';
  if (place === 'connected') return 'answered';
  const status = form.get('CallStatus') ?? '';
  const inbound = form.get('Direction') === 'inbound';
  // A caller whom only the machine has answered waits in a queue; an agent who takes them reports it by itself.
  if (inbound && status === 'in-progress') return undefined;
  return Object.hasOwn(EVENTS, status) ? EVENTS[status] : undefined;
}

function factOf(
  form: URLSearchParams,
  { callId, event, place }: { callId: string; event: 'started' | 'answered' | 'ended'; place: string },
): Fact {
  const inbound = !(form.get('Direction') ?? 'inbound').startsWith('outbound');
  const number = form.get(inbound ? 'From' : 'To');
  const at = Date.parse(form.get('Timestamp') ?? '');
  return {
    kind: 'call',
    id: `${callId}:${place}:${form.get('SequenceNumber') ?? form.get('CallStatus') ?? ''}`,
    ...(!Number.isNaN(at) && { at: new Date(at).toISOString() }),
    callId,
    event,
    // Who takes a caller out of a queue is another leg: its numbers are not the caller's.
    ...(place !== 'connected' && { direction: inbound ? 'inbound' : 'outbound', number }),
  };
}

function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
}

function twiml(verbs: string): ReceivedFacts['reply'] {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}
