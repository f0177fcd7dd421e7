import { objectionTo, type Standing } from '@repartee/governance/domain';
import {
  type ConsentAsked,
  type GoldenRecord,
  type HeldIdentifier,
  standingConsent,
} from '@repartee/profile/domain';
import { addressRefuses, type AddressState, hearOfAddress, undeliverable } from './address-state.js';
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
  /** Numbers of theirs that nobody calls, where the channel is one that such a list holds for as well. */
  uncalled: ReadonlySet<string>;
  /** What was heard of their addresses on this channel; nothing of most. */
  addresses: ReadonlyMap<string, AddressState>;
  /** Namespace of the identifiers the channel is reached by; undefined when no connector serves it. */
  addressNamespace: string | undefined;
  /** Where the person is reached, null for nowhere; undefined where identifiers say it. */
  address?: string | null | undefined;
  /** What the channel's connector sends from, where that is one address. */
  sender?: string | undefined;
  pauses: readonly Pause[];
  quiet: Quiet | null;
  /** Something is going on with the person, so that marketing waits: a call. */
  hold?: { reason: string; until: number } | undefined;
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

/** The first address that can be reached, proved ones before claimed ones; a refusal of an address is not got round. */
function chooseAddress(input: GateInput, record: GoldenRecord, namespace: string): GateVerdict {
  const { delivery, addresses, now } = input;
  const held = record.identifiers.filter(
    (one) =>
      one.namespace === namespace &&
      one.until === undefined &&
      one.shared !== true &&
      (delivery.address === null || one.value === delivery.address),
  );
  const asked = askedOf(input);
  const grantedAt = (key: string) => {
    const consent = Object.hasOwn(record.consents, key) ? record.consents[key] : undefined;
    return consent?.status === 'granted' ? consent.at : undefined;
  };
  let objection: string | undefined;
  for (const one of [
    ...held.filter(({ verified }) => verified),
    ...held.filter(({ verified }) => !verified),
  ]) {
    const heard = addresses.get(one.value) ?? {};
    if (addressRefuses(heard, asked, grantedAt))
      return refusal(`the address does not want ${delivery.channel}`);
    const lost = listed(one.value, input) ?? whyLost(one, heard, now);
    if (lost === undefined) return { verdict: 'send', address: one.value };
    objection ??= lost;
  }
  if (objection !== undefined) return refusal(objection);
  return { verdict: 'stop', status: 'rejected', reason: `the person has no ${namespace}` };
}

/** A list of numbers that nobody calls holds for marketing by text, too (in the US 47 CFR 64.1200(e)). */
function listed(address: string, { delivery, unwanted, uncalled }: GateInput): string | undefined {
  if (unwanted.has(address)) return 'the address is on the do-not-contact list';
  const called = delivery.class === 'marketing' && uncalled.has(address);
  return called ? 'the number is on the do-not-call list' : undefined;
}

/** Who signs in by an address proves it anew. */
function whyLost(
  { verified, since = 0 }: HeldIdentifier,
  heard: AddressState,
  now: number,
): string | undefined {
  const state = verified ? hearOfAddress(heard, { kind: 'proof', at: since }) : heard;
  const lost = undeliverable(state, now);
  return lost && `the address is undeliverable: ${lost.cause}`;
}

function refusal(reason: string): GateVerdict {
  return { verdict: 'stop', status: 'suppressed', reason };
}

function askedOf({ delivery, sender }: GateInput): ConsentAsked {
  const { channel, class: messageClass, purpose, brand } = delivery;
  return { channel, class: messageClass, purpose, brand, sender };
}

/** Whether a message may leave now. The one place that says so, asked on every path out, every time. */
export function passGate(input: GateInput): GateVerdict {
  const { delivery, record, addressNamespace, now } = input;
  if (!record) return { verdict: 'stop', status: 'suppressed', reason: 'the person is no longer known' };
  const objection = objectionTo(delivery.class, input.standing);
  if (objection !== undefined) return refusal(objection);
  const consent = standingConsent(record.consents, askedOf(input));
  if (consent === 'denied') return refusal(`the person does not want ${delivery.channel}`);
  if (consent === 'pending') return refusal(`the person has not confirmed to want ${delivery.channel}`);
  const waits = heldBy(input);
  if (waits) return waits;
  if (delivery.validUntil !== null && delivery.validUntil <= now)
    return { verdict: 'stale', reason: 'the offer expired' };
  if (delivery.class === 'marketing' && delivery.attempts === 0 && now - delivery.sendAt > input.staleAfter)
    return { verdict: 'stale', reason: 'it was held too long' };
  if (addressNamespace === undefined) {
    return { verdict: 'stop', status: 'rejected', reason: `no connector serves ${delivery.channel}` };
  }
  if (input.address === undefined) return chooseAddress(input, record, addressNamespace);
  if (input.address !== null) return { verdict: 'send', address: input.address };
  return { verdict: 'stop', status: 'rejected', reason: `the person has no ${addressNamespace}` };
}

function heldBy({ delivery, pauses, quiet, hold, now }: GateInput): GateVerdict | undefined {
  const pause = pausedBy(delivery, pauses);
  if (pause)
    return { verdict: 'hold', reason: `paused: ${pause.scope} ${pause.key}`.trim(), until: now + ASK_AGAIN };
  if (delivery.sendAt > now)
    return { verdict: 'hold', reason: 'its time has not come', until: delivery.sendAt };
  if (hold && delivery.class === 'marketing') return { verdict: 'hold', ...hold };
  if (!quiet) return undefined;
  // What would be over by then is better decided again now.
  if (delivery.validUntil !== null && delivery.validUntil <= quiet.until)
    return { verdict: 'stale', reason: 'the offer expires within quiet hours' };
  const whose = quiet.known ? quiet.zone : `${quiet.zone}, as the person's time zone is not known`;
  const until = new Date(quiet.until).toISOString();
  return { verdict: 'hold', reason: `quiet hours until ${until} (${whose})`, until: quiet.until };
}
