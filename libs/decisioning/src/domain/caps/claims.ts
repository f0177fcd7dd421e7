import type { ProfileView } from '@repartee/profile/domain';
import { periodName, type CompiledCap, type CompiledOffer, type TimeZones } from '../catalogue/index.js';

/** What one offer takes of one counter. */
export interface CapClaim {
  cap: string;
  /** Whose counter it is; empty where all people share one. */
  person: string;
  /** What else the counter is of; empty where there is one. */
  bucket: string;
  limit: number;
  amount: number;
}

/** Who is shown what, where. */
export interface CapSituation {
  channel: string;
  /** The person's profile or device. */
  person: string;
  profile: ProfileView;
  context: object;
  /** Milliseconds. */
  now: number;
  timeZones: TimeZones;
}

export function isCapped({ caps }: CompiledOffer, channel: string): boolean {
  return caps.length > 0 && caps.some(({ channels }) => channels === null || channels.has(channel));
}

/** The person whose counters an anonymous device has, until it is known whose it is. */
export function personOf(profileId: string | null, anonymousId: string | null, otherwise: string): string {
  return profileId ?? (anonymousId === null ? `?${otherwise}` : `@${anonymousId}`);
}

/**
 * What showing an offer takes of which counters. A property that is not known has a counter, too: the one of nobody
 * knows what.
 */
export function claimsOf(offer: CompiledOffer, situation: CapSituation): CapClaim[] {
  return offer.caps
    .filter(({ channels }) => channels === null || channels.has(situation.channel))
    .map((cap) => ({
      cap: cap.key,
      person: cap.each.has('person') ? situation.person : '',
      bucket: bucketOf(cap, offer, situation),
      limit: cap.limit,
      amount: cap.amount,
    }));
}

/** How long reservations of an offer are kept: as long as the cap that keeps them the shortest. Milliseconds. */
export function holdOf({ caps }: CompiledOffer): number {
  return Math.min(...caps.map(({ hold }) => hold));
}

function bucketOf(cap: CompiledCap, offer: CompiledOffer, situation: CapSituation): string {
  const { channel, now, timeZones } = situation;
  const parts: string[] = [];
  if (cap.each.has('offer')) parts.push(`offer=${offer.key}`);
  if (cap.each.has('group')) parts.push(`group=${offer.group ?? ''}`);
  if (cap.each.has('channel')) parts.push(`channel=${channel}`);
  if (cap.period !== null)
    parts.push(`${cap.period}=${periodName(cap.period, now + (timeZones.offset(cap.timeZone, now) ?? 0))}`);
  if (cap.property !== null) parts.push(`${cap.property.join('.')}=${valueAt(cap.property, situation)}`);
  return parts.join(';');
}

/** The value at a path as text, of bounded length. */
function valueAt(path: readonly string[], { profile, context }: CapSituation): string {
  let value: unknown = { profile, context };
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return '';
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'object' ? '' : String(value).slice(0, 200);
}
