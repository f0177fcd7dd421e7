import { fail, failure, ok, type Failure, type Result } from '@repartee/contracts';
import type { CatalogueSnapshot } from '../catalogue/index.js';
import type { ZoneRequest } from './decide-input.js';

/** The zones a request names, or why one of them cannot be filled on this channel. */
export function requestedZones(
  snapshot: CatalogueSnapshot,
  channel: string,
  requested: readonly { zone: string; count: number }[],
): Result<ZoneRequest[]> {
  const zones: ZoneRequest[] = [];
  for (const { zone: key, count } of requested) {
    const zone = snapshot.zones.get(key);
    if (zone === undefined)
      return fail(refuseZone('DECISION.UNKNOWN_ZONE', `There is no zone ${key}.`, zones.length));
    if (zone.channel !== channel) {
      const detail = `The zone ${key} belongs to channel ${zone.channel}.`;
      return fail(refuseZone('DECISION.ZONE_OF_OTHER_CHANNEL', detail, zones.length));
    }
    zones.push({ zone, count });
  }
  return ok(zones);
}

/** A zone in which nothing is to be chosen for anybody. */
export function withoutCandidates({ zone, count }: ZoneRequest): ZoneRequest {
  return { zone: { ...zone, candidates: [] }, count };
}

function refuseZone(
  code: 'DECISION.UNKNOWN_ZONE' | 'DECISION.ZONE_OF_OTHER_CHANNEL',
  detail: string,
  index: number,
): Failure {
  return failure(code, detail, { errors: [{ pointer: `#/zones/${index}/zone`, detail }] });
}
