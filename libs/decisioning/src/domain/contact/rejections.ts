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

/** A no that keeps an offer away. */
export interface Rejection {
  /** The offer that was rejected. */
  offer: string;
  /** When it is over; of a session: if nothing happens until then. Milliseconds. */
  until: number;
  session: boolean;
}

/** Every no that keeps an offer away; for those who ask why. */
export function rejectionsOf(
  profile: ProfileView,
  offer: CompiledOffer,
  memory: OfferSummary | undefined,
  now: number,
): Rejection[] {
  const own = offer.afterReject === null ? [] : [{ key: offer.key, lasts: offer.afterReject }];
  return [...own, ...offer.rejectedWith].flatMap(({ key, lasts }): Rejection[] => {
    const said =
      key === offer.key ? memory : Object.hasOwn(profile.offers, key) ? profile.offers[key] : undefined;
    if (!isRejected(said, lasts, profile, now)) return [];
    const at = said?.lastAt?.getTime() ?? now;
    if (lasts !== 'session') return [{ offer: key, until: at + lasts, session: false }];
    const last = Math.max(at, ...momentsOf(profile).filter((one) => one <= now));
    return [{ offer: key, until: last + SESSION_MS, session: true }];
  });
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
export function inSameSession(profile: ProfileView, at: number, now: number): boolean {
  const moments = [...momentsOf(profile), now];
  let last = at;
  for (const moment of moments.filter((one) => one > at && one <= now).sort((x, y) => x - y)) {
    if (moment - last >= SESSION_MS) return false;
    last = moment;
  }
  return true;
}

/** When something happened, as far as it is remembered. */
function momentsOf({ contacts, computed }: ProfileView): number[] {
  const lastSeen = computed['last_seen'];
  return [...timesOf(contacts), ...(lastSeen instanceof Date ? [lastSeen.getTime()] : [])];
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
