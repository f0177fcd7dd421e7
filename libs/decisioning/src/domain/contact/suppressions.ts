import { readContactKey, type ContactHistory } from '@repartee/profile/domain';
import type {
  CompiledContactPolicy,
  CompiledOffer,
  ContactTarget,
  Suppression,
  Suppressions,
} from '../catalogue/index.js';

/** Nothing is kept away. */
export const NO_SUPPRESSIONS: Suppressions = Object.freeze({
  offers: new Map(),
  groups: new Map(),
  issues: new Map(),
  channels: new Map(),
  everything: [],
});

type Drawer = Exclude<keyof Suppressions, 'everything'>;
const DRAWERS = { offer: 'offers', group: 'groups', issue: 'issues', channel: 'channels' } as const;

/**
 * What contact policies keep away from a person, and until when: moments, so that it does not depend on the time at which
 * it is asked.
 */
export function suppressionsOf(
  policies: readonly CompiledContactPolicy[],
  offers: ReadonlyMap<string, CompiledOffer>,
  contacts: ContactHistory | undefined,
): Suppressions {
  if (policies.length === 0 || contacts === undefined) return NO_SUPPRESSIONS;
  const drawers: Record<Drawer, Map<string, Suppression[]>> = {
    offers: new Map(),
    groups: new Map(),
    issues: new Map(),
    channels: new Map(),
  };
  const everything: Suppression[] = [];
  let any = false;
  for (const policy of policies) {
    for (const [target, times] of countedTogether(policy, offers, contacts)) {
      const until = suppressedUntil(times, policy);
      if (until === null) continue;
      any = true;
      if (policy.suppress === 'everything') everything.push({ policy, until });
      else push(drawers[DRAWERS[policy.suppress]], target, { policy, until });
    }
  }
  return any ? { ...drawers, everything } : NO_SUPPRESSIONS;
}

/** The moments that count for a policy, by what is counted together. */
function countedTogether(
  policy: CompiledContactPolicy,
  offers: ReadonlyMap<string, CompiledOffer>,
  contacts: ContactHistory,
): Map<string, number[]> {
  const counted = new Map<string, number[]>();
  for (const offer of Object.keys(contacts)) {
    if (policy.of !== null && !policy.of.has(offer)) continue;
    const lists = contacts[offer] ?? {};
    for (const key of Object.keys(lists)) {
      const { channel, outcome } = readContactKey(key);
      if (!policy.outcomes.has(outcome) || (policy.channels !== null && !policy.channels.has(channel)))
        continue;
      const target = targetOf(policy.suppress, offer, channel, offers);
      if (target !== null) counted.set(target, [...(counted.get(target) ?? []), ...(lists[key] ?? [])]);
    }
  }
  return counted;
}

function targetOf(
  suppress: ContactTarget,
  offer: string,
  channel: string,
  offers: ReadonlyMap<string, CompiledOffer>,
): string | null {
  if (suppress === 'everything') return '';
  if (suppress === 'channel') return channel;
  if (suppress === 'offer') return offer;
  return offers.get(offer)?.[suppress] ?? null;
}

/**
 * Until when so many moments keep something away; null when they never were enough.
 * With a duration: that long from the latest moment that was the `count`-th within the time. Without: until the
 * `count`-th latest moment is no longer within it.
 */
export function suppressedUntil(
  times: readonly number[],
  { count, within, lasts }: Pick<CompiledContactPolicy, 'count' | 'within' | 'lasts'>,
): number | null {
  const sorted = [...times].sort((a, b) => a - b);
  if (lasts === null) {
    const first = sorted[sorted.length - count];
    return first === undefined ? null : first + within;
  }
  for (let last = sorted.length - 1; last >= count - 1; last -= 1) {
    if (sorted[last]! - sorted[last - count + 1]! < within) return sorted[last]! + lasts;
  }
  return null;
}

function push(map: Map<string, Suppression[]>, key: string, suppression: Suppression): void {
  const held = map.get(key);
  if (held) held.push(suppression);
  else map.set(key, [suppression]);
}

/** The suppression that keeps an offer from a channel the longest; null when it may be shown. */
export function keptAway(
  { offers, groups, issues, channels, everything }: Suppressions,
  offer: CompiledOffer,
  channel: string,
  now: number,
): Suppression | null {
  let longest: Suppression | null = null;
  const lists = [
    offers.get(offer.key),
    offer.group === null ? undefined : groups.get(offer.group),
    offer.issue === null ? undefined : issues.get(offer.issue),
    channels.get(channel),
    everything,
  ];
  for (const list of lists) {
    for (const suppression of list ?? []) {
      const { policy, until } = suppression;
      if (until <= now || (policy.on !== null && !policy.on.has(channel))) continue;
      if (longest === null || until > longest.until) longest = suppression;
    }
  }
  return longest;
}

/** Everything that keeps an offer from a channel; for those who ask why. */
export function allKeptAway(
  { offers, groups, issues, channels, everything }: Suppressions,
  offer: CompiledOffer,
  channel: string,
  now: number,
): Suppression[] {
  return [
    ...(offers.get(offer.key) ?? []),
    ...(offer.group === null ? [] : (groups.get(offer.group) ?? [])),
    ...(offer.issue === null ? [] : (issues.get(offer.issue) ?? [])),
    ...(channels.get(channel) ?? []),
    ...everything,
  ]
    .filter(({ policy, until }) => until > now && (policy.on === null || policy.on.has(channel)))
    .sort((a, b) => b.until - a.until);
}

/** The suppression that keeps everything from a channel the longest; null when something may be shown there. */
export function keptFromChannel(
  { channels, everything }: Suppressions,
  channel: string,
  now: number,
): Suppression | null {
  return [...(channels.get(channel) ?? []), ...everything]
    .filter(({ policy, until }) => until > now && (policy.on === null || policy.on.has(channel)))
    .reduce<Suppression | null>(
      (longest, one) => (longest && longest.until >= one.until ? longest : one),
      null,
    );
}
