import { fail, failure, ok, type Result } from '@repartee/contracts';
import type { CatalogueSnapshot, CompiledZone, ZoneCandidate } from '../catalogue/index.js';

/** A zone that an offer may be shown in, with the treatment it has there. */
export interface ZoneToAsk {
  zone: CompiledZone;
  candidate: ZoneCandidate | null;
}

/** Zones that are looked at, when none is named. */
const MOST_ZONES = 20;

/** The zone that is named; else those the offer has a treatment for, on one channel or all. */
export function zonesToAsk(
  { zones }: CatalogueSnapshot,
  { offer, zone: key, channel }: { offer: string; zone?: string | undefined; channel?: string | undefined },
): Result<ZoneToAsk[]> {
  if (key === undefined) {
    const found = [...zones.values()].flatMap((zone): ZoneToAsk[] => {
      const candidate = candidateIn(zone, offer);
      return candidate !== null && (channel === undefined || zone.channel === channel)
        ? [{ zone, candidate }]
        : [];
    });
    return ok(found.slice(0, MOST_ZONES));
  }
  const zone = zones.get(key);
  if (zone === undefined) return fail(failure('DECISION.UNKNOWN_ZONE', `There is no zone ${key}.`));
  if (channel !== undefined && zone.channel !== channel) {
    const detail = `The zone ${key} belongs to channel ${zone.channel}.`;
    return fail(failure('DECISION.ZONE_OF_OTHER_CHANNEL', detail));
  }
  return ok([{ zone, candidate: candidateIn(zone, offer) }]);
}

function candidateIn({ candidates }: CompiledZone, offer: string): ZoneCandidate | null {
  return candidates.find((candidate) => candidate.offer.key === offer) ?? null;
}
