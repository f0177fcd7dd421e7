import { objectionTo, type Standing } from '@repartee/governance/domain';
import type { GoldenRecord } from '@repartee/profile/domain';
import type { Delivery } from './delivery.js';

/** What can be stopped. */
export const pauseScopes = ['all', 'channel', 'connector', 'campaign', 'offer'] as const;

/** What has been stopped: everything, a channel, a connector, an offer or a campaign. */
export interface Pause {
  scope: (typeof pauseScopes)[number];
  key: string;
}

/** Quiet hours that hold now. */
export interface Quiet {
  /** Milliseconds since the epoch. */
  until: number;
  zone: string;
  /** Whether the zone is the person's own, or the installation's because theirs is not known. */
  known: boolean;
}

/** What the gate looks at, at the moment of sending. */
export interface GateInput {
  delivery: Delivery;
  record: GoldenRecord | undefined;
  /** What the person asked for. */
  standing: Standing;
  /** Addresses of theirs that are on the do-not-contact list. */
  unwanted: ReadonlySet<string>;
  /** Addresses of theirs that were found not to work: a hard bounce marked them. */
  broken: ReadonlySet<string>;
  /** Namespace of the identifiers the channel is reached by; undefined when no connector serves it. */
  addressNamespace: string | undefined;
  /** Where the person is reached, null for nowhere; undefined where identifiers say it. */
  address?: string | null | undefined;
  pauses: readonly Pause[];
  quiet: Quiet | null;
  /** Milliseconds after its time until a message that was held is decided again instead of sent. */
  staleAfter: number;
  /** Milliseconds since the epoch. */
  now: number;
}

export type GateVerdict =
  | { verdict: 'send'; address: string }
  /** Not now: ask again then. */
  | { verdict: 'hold'; reason: string; until: number }
  | { verdict: 'stop'; status: 'suppressed' | 'rejected'; reason: string }
  /** Its time is over, or it may not go any more: decide again. It ends as expired unless told. */
  | { verdict: 'stale'; status?: 'suppressed'; reason: string };

const ASK_AGAIN = 15_000;

/** What keeps a delivery, if anything does. */
export function pausedBy(
  delivery: Pick<Delivery, 'channel' | 'offer' | 'origin'>,
  pauses: readonly Pause[],
): Pause | undefined {
  return pauses.find(
    ({ scope, key }) =>
      scope === 'all' ||
      (scope === 'channel' && key === delivery.channel) ||
      (scope === 'offer' && key === delivery.offer) ||
      (scope === 'campaign' && key === delivery.origin),
  );
}

/** A proved address before a claimed one, and none that does not work or is not wanted while there is another. */
function addressOf({ record, unwanted, broken }: GateInput, namespace: string): string | GateVerdict {
  const held = (record?.identifiers ?? []).filter(
    (one) => one.namespace === namespace && one.until === undefined && one.shared !== true,
  );
  const usable = held.filter(({ value }) => !unwanted.has(value) && !broken.has(value));
  const best = usable.find(({ verified }) => verified) ?? usable[0];
  if (best) return best.value;
  if (held.length === 0)
    return { verdict: 'stop', status: 'rejected', reason: `the person has no ${namespace}` };
  const reason = held.some(({ value }) => unwanted.has(value))
    ? 'the address is on the do-not-contact list'
    : 'the address is known not to work';
  return { verdict: 'stop', status: 'suppressed', reason };
}

/** Whether a message may leave now. The one place that says so, asked on every path out, every time. */
export function passGate(input: GateInput): GateVerdict {
  const { delivery, record, addressNamespace, now } = input;
  if (!record) return { verdict: 'stop', status: 'suppressed', reason: 'the person is no longer known' };
  const objection = objectionTo(delivery.class, input.standing);
  if (objection !== undefined) return { verdict: 'stop', status: 'suppressed', reason: objection };
  const refusal = refusedBy(delivery, record);
  if (refusal !== null) return { verdict: 'stop', status: 'suppressed', reason: refusal };
  const waits = heldBy(input);
  if (waits) return waits;
  if (delivery.validUntil !== null && delivery.validUntil <= now)
    return { verdict: 'stale', reason: 'the offer expired' };
  if (delivery.class === 'marketing' && delivery.attempts === 0 && now - delivery.sendAt > input.staleAfter)
    return { verdict: 'stale', reason: 'it was held too long' };
  if (addressNamespace === undefined) {
    return { verdict: 'stop', status: 'rejected', reason: `no connector serves ${delivery.channel}` };
  }
  const address = input.address === undefined ? addressOf(input, addressNamespace) : input.address;
  if (address === null)
    return { verdict: 'stop', status: 'rejected', reason: `the person has no ${addressNamespace}` };
  return typeof address === 'string' ? { verdict: 'send', address } : address;
}

function refusedBy(delivery: Delivery, record: GoldenRecord): string | null {
  if (delivery.class !== 'marketing') return null;
  const consent = record.consents[delivery.channel]?.status;
  if (consent === 'denied') return `the person does not want ${delivery.channel}`;
  return consent === 'pending' ? `the person has not confirmed to want ${delivery.channel}` : null;
}

function heldBy({ delivery, pauses, quiet, now }: GateInput): GateVerdict | undefined {
  const pause = pausedBy(delivery, pauses);
  if (pause)
    return { verdict: 'hold', reason: `paused: ${pause.scope} ${pause.key}`.trim(), until: now + ASK_AGAIN };
  if (delivery.sendAt > now)
    return { verdict: 'hold', reason: 'its time has not come', until: delivery.sendAt };
  if (!quiet) return undefined;
  // What would be over by then is better decided again now.
  if (delivery.validUntil !== null && delivery.validUntil <= quiet.until)
    return { verdict: 'stale', reason: 'the offer expires within quiet hours' };
  const whose = quiet.known ? quiet.zone : `${quiet.zone}, as the person's time zone is not known`;
  const until = new Date(quiet.until).toISOString();
  return { verdict: 'hold', reason: `quiet hours until ${until} (${whose})`, until: quiet.until };
}
