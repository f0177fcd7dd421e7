import type { ContactHistory, OfferSummary, ProfileView } from '@repartee/profile/domain';
import type { CompiledOffer } from '../catalogue/index.js';

/** A session is over when nothing happened for that long (as Google Analytics and Segment count sessions). */
export const SESSION_MS = 30 * 60_000;

/**
 * The offer whose rejection keeps this one away: itself, or one that says it is related; null when there is none.
 * @param memory of the offer itself
 */
export function rejectionOf(
  profile: ProfileView,
  offer: CompiledOffer,
  memory: OfferSummary | undefined,
  now: number,
): string | null {
  if (offer.afterReject !== null && isRejected(memory, offer.afterReject, profile, now)) return offer.key;
  for (const { key, lasts } of offer.rejectedWith) {
    const other = Object.hasOwn(profile.offers, key) ? profile.offers[key] : undefined;
    if (isRejected(other, lasts, profile, now)) return key;
  }
  return null;
}

function isRejected(
  memory: OfferSummary | undefined,
  lasts: number | 'session',
  profile: ProfileView,
  now: number,
): boolean {
  if (memory?.lastResponse !== 'reject' || memory.lastAt === null) return false;
  const at = memory.lastAt.getTime();
  return lasts === 'session' ? inSameSession(profile, at, now) : now < at + lasts;
}

/** Whether the session in which something happened at `at` is still going on, by what is remembered. Milliseconds. */
export function inSameSession({ contacts, computed }: ProfileView, at: number, now: number): boolean {
  const lastSeen = computed['last_seen'];
  const moments = [...timesOf(contacts), ...(lastSeen instanceof Date ? [lastSeen.getTime()] : []), now];
  let last = at;
  for (const moment of moments.filter((one) => one > at && one <= now).sort((x, y) => x - y)) {
    if (moment - last >= SESSION_MS) return false;
    last = moment;
  }
  return true;
}

function timesOf(contacts: ContactHistory = {}): number[] {
  return Object.values(contacts).flatMap((lists) => Object.values(lists).flat());
}

/** What "maybe later" does to an offer's weight by now: `1 + (factor − 1) · 2^(−t / halfLife)`. */
export function laterWeight(
  memory: Pick<OfferSummary, 'lastResponse' | 'lastAt'> | undefined,
  { factor, halfLife }: { factor: number; halfLife: number },
  now: number,
): number {
  if (memory?.lastResponse !== 'later' || memory.lastAt === null) return 1;
  const passed = Math.max(0, now - memory.lastAt.getTime());
  return 1 + (factor - 1) * 2 ** (-passed / halfLife);
}
