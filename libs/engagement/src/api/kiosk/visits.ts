import { Inject, Injectable } from '@nestjs/common';
import { SessionTokens } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Ingest } from '@repartee/ingestion';
import { laneOf } from '@repartee/ingestion/domain';
import { Clock, Database, newId } from '@repartee/platform';
import type { Device } from '../../persistence/devices/device-store.js';
import { type Visit, VisitStore } from '../../persistence/kiosk/visit-store.js';
import { digestOf, newHandOverCode } from '../devices/device-secrets.js';
import type { Begin } from './visit-schemas.js';

/** Milliseconds in which a phone must read the QR code. */
export const HAND_OVER_LIFETIME = 5 * 60_000;

const ENDED = fail(failure('KIOSK.VISIT_ENDED', 'The visit has ended; begin a new one.'));

/** A visit and the token with which its screen speaks. */
export interface OpenVisit extends Visit {
  token: string;
}

/** Visits of kiosks: begun, kept alive, ended, and taken along on a phone. */
@Injectable()
export class Visits {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(VisitStore) private readonly store: VisitStore,
    @Inject(SessionTokens) private readonly sessions: SessionTokens,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Begins a visit under a new anonymous id; whoever was there before is forgotten. */
  async begin(device: Device, begin: Begin): Promise<Result<OpenVisit>> {
    const visit = {
      ...{ id: newId(), deviceId: device.id, anonymousId: newId(), begunBy: begin.by },
      begunAt: new Date(this.clock.now()),
      idleAt: this.idleAt(device),
    };
    if (begin.by !== 'anonymous') {
      const claimed = await this.claim(device, visit, begin.userId);
      if (!claimed.ok) return claimed;
    }
    await this.store.begin(visit);
    return ok(this.opened(device, visit));
  }

  /** Somebody touched the screen. Fails with KIOSK.VISIT_ENDED. */
  async touch(device: Device, id: string): Promise<Result<OpenVisit>> {
    const visit = await this.store.touch(device.id, id, this.idleAt(device));
    return visit ? ok(this.opened(device, visit)) : ENDED;
  }

  /** Ends a visit; ending it again changes nothing. */
  async end(device: Device, id: string): Promise<void> {
    await this.store.end(device.id, id);
  }

  /** A one-time code for the visitor's phone. Fails with KIOSK.VISIT_ENDED. */
  async offer(device: Device, id: string): Promise<Result<{ code: string; expiresAt: Date }>> {
    // Whoever gets their phone out is there: the visit lives as long as it would after a touch.
    if (!(await this.store.touch(device.id, id, this.idleAt(device)))) return ENDED;
    const code = newHandOverCode();
    const expiresAt = new Date(this.clock.now() + HAND_OVER_LIFETIME);
    await this.store.offer(id, digestOf(code), expiresAt);
    return ok({ code, expiresAt });
  }

  /**
   * The phone goes on where the kiosk was: a session of the same visitor, and the kiosk forgets them. It proves
   * nobody's identity: whoever photographs the code gets an anonymous visit. Fails with KIOSK.INVALID_HAND_OVER.
   * @param source of the phone's write key, which must be the device's
   */
  async take(
    code: string,
    source: string,
  ): Promise<Result<{ token: string; expiresAt: Date; anonymousId: string }>> {
    const visit = await this.database.transaction((tx) => this.store.take(tx, digestOf(code)));
    if (visit?.source !== source)
      return fail(
        failure('KIOSK.INVALID_HAND_OVER', 'The code was used, has expired, or its visit is over.'),
      );
    const { anonymousId } = visit;
    return ok({ ...this.sessions.issue({ source, anonymousId }), anonymousId });
  }

  /** What somebody says of themselves: kept as an event that nobody vouches for. */
  private claim(device: Device, visit: Visit, userId: string) {
    const { id, anonymousId, begunBy } = visit;
    return this.ingest.internal([
      {
        ...{ id: newId(), lane: laneOf(device.source, anonymousId), source: device.source },
        ...{ messageId: `kiosk:${id}`, type: 'identify', name: 'Claimed At A Kiosk' },
        ...{ occurredAt: this.clock.now(), verified: false, traceparent: null },
        payload: JSON.stringify({
          anonymousId,
          userId,
          context: { kiosk: { device: device.id, by: begunBy } },
        }),
      },
    ]);
  }

  private opened(device: Device, visit: Visit): OpenVisit {
    const { source, idleSeconds } = device;
    const session = { source, anonymousId: visit.anonymousId };
    return { ...visit, token: this.sessions.issue(session, idleSeconds * 1000).token };
  }

  private idleAt(device: Device): Date {
    return new Date(this.clock.now() + device.idleSeconds * 1000);
  }
}
