import type { OfferSummary, ProfileView } from '@repartee/profile/domain';
import type { CompiledOffer, OfferTiming } from '../catalogue/index.js';
import type { DecideInput } from './decide-input.js';

/** From when until when an offer is valid for one person. */
export function ownValidity(
  { now, snapshot, timeZone, profile }: Pick<DecideInput, 'now' | 'snapshot' | 'timeZone' | 'profile'>,
  offer: CompiledOffer,
  timing: OfferTiming,
  memory: OfferSummary | undefined,
): { validFrom: number; validUntil: number } {
  const zone = timeZone ?? zoneOf(profile);
  const ahead = (zone === null ? null : snapshot.timeZones.offset(zone, now)) ?? 0;
  const ends = timing.lasts === null ? Infinity : (memory?.since ?? now) + timing.lasts;
  return {
    validFrom: offer.validFrom - (timing.localFrom ? ahead : 0),
    validUntil: Math.min(ends, offer.validUntil - (timing.localUntil ? ahead : 0)),
  };
}

function zoneOf({ traits }: ProfileView): string | null {
  const zone = traits['timezone'] ?? traits['timeZone'];
  return typeof zone === 'string' ? zone : null;
}
