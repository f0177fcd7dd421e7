import { objectionTo, type Standing } from '@repartee/governance/domain';
import type { GoldenRecord } from '@repartee/profile/domain';
import type { Delivery } from './delivery.js';

/** What has been stopped: everything, a channel, an offer or a campaign. */
export interface Pause {
  scope: 'all' | 'channel' | 'campaign' | 'offer';
  key: string;
}

/** What the gate looks at, at the moment of sending. */
export interface GateInput {
  delivery: Delivery;
  record: GoldenRecord | undefined;
  /** What the person asked for. */
  standing: Standing;
  /** Addresses of theirs that are on the do-not-contact list. */
  unwanted: ReadonlySet<string>;
  /** Namespace of the identifiers the channel is reached by; undefined when no connector serves it. */
  addressNamespace: string | undefined;
  pauses: readonly Pause[];
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

function pausedBy({ delivery, pauses }: GateInput): Pause | undefined {
  return pauses.find(
    ({ scope, key }) =>
      scope === 'all' ||
      (scope === 'channel' && key === delivery.channel) ||
      (scope === 'offer' && key === delivery.offer) ||
      (scope === 'campaign' && key === delivery.origin),
  );
}

/** A proved address before a claimed one. A claim somebody else has proved is not among the record's identifiers. */
function addressOf(record: GoldenRecord, namespace: string): string | undefined {
  const held = record.identifiers.filter((identifier) => identifier.namespace === namespace);
  return (held.find((identifier) => identifier.verified) ?? held[0])?.value;
}

/** Whether a message may leave now. The one place that says so, asked on every path out, every time. */
export function passGate(input: GateInput): GateVerdict {
  const { delivery, record, addressNamespace, now } = input;
  if (!record) return { verdict: 'stop', status: 'suppressed', reason: 'the person is no longer known' };
  const objection = objectionTo(delivery.class, input.standing);
  if (objection !== undefined) return { verdict: 'stop', status: 'suppressed', reason: objection };
  const pause = pausedBy(input);
  if (pause) {
    return { verdict: 'hold', reason: `paused: ${pause.scope} ${pause.key}`.trim(), until: now + ASK_AGAIN };
  }
  if (delivery.sendAt > now)
    return { verdict: 'hold', reason: 'its time has not come', until: delivery.sendAt };
  if (delivery.validUntil !== null && delivery.validUntil <= now)
    return { verdict: 'stale', reason: 'the offer expired' };
  const consent = delivery.class === 'marketing' ? record.consents[delivery.channel]?.status : undefined;
  if (consent === 'denied' || consent === 'pending') {
    const reason =
      consent === 'denied'
        ? `the person does not want ${delivery.channel}`
        : `the person has not confirmed to want ${delivery.channel}`;
    return { verdict: 'stop', status: 'suppressed', reason };
  }
  if (addressNamespace === undefined) {
    return { verdict: 'stop', status: 'rejected', reason: `no connector serves ${delivery.channel}` };
  }
  const address = addressOf(record, addressNamespace);
  if (address === undefined) {
    return { verdict: 'stop', status: 'rejected', reason: `the person has no ${addressNamespace}` };
  }
  if (input.unwanted.has(address)) {
    return { verdict: 'stop', status: 'suppressed', reason: 'the address is on the do-not-contact list' };
  }
  return { verdict: 'send', address };
}
