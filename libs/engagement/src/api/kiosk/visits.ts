import { Inject, Injectable } from '@nestjs/common';
import { SessionTokens, UserTokens } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Ingest } from '@repartee/ingestion';
import { laneOf } from '@repartee/ingestion/domain';
import { Clock, Database, newId } from '@repartee/platform';
import type { Device } from '../../persistence/devices/device-store.js';
import { type Visit, VisitStore } from '../../persistence/kiosk/visit-store.js';
import { digestOf, newHandOverCode } from '../devices/device-secrets.js';
import type { Begin, Carried } from './visit-schemas.js';

/** Milliseconds in which a phone must read the QR code. */
export const HAND_OVER_LIFETIME = 5 * 60_000;
/** Seconds a visit waits until what was proved shows. */
const LINK_WAIT = 2;
const USER = 'user_id:';

const ENDED = fail(failure('KIOSK.VISIT_ENDED', 'The visit has ended; begin a new one.'));

/** A visit and the token with which its screen speaks. */
export interface OpenVisit extends Visit {
  token: string;
}

/** A visit that goes on on a phone. */
export interface TakenVisit {
  token: string;
  expiresAt: Date;
  anonymousId: string;
  zones: string[];
  carried: unknown;
}

type Claim = { userId: string } | { traits: { phone: string } };

function claimOf(begin: Exclude<Begin, { by: 'anonymous' }>, { proved }: Visit): Claim {
  if (begin.by === 'phone') return { traits: { phone: begin.phone } };
  return { userId: begin.by === 'qr' ? (proved ?? '').slice(USER.length) : begin.userId };
}

/** Visits of kiosks: begun, kept alive, ended, and taken along on a phone. */
@Injectable()
export class Visits {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(VisitStore) private readonly store: VisitStore,
    @Inject(SessionTokens) private readonly sessions: SessionTokens,
    @Inject(UserTokens) private readonly userTokens: UserTokens,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Begins a visit under a new anonymous id; whoever was there before is forgotten. Fails as a user token does that
   * proves nothing.
   */
  async begin(device: Device, begin: Begin): Promise<Result<OpenVisit>> {
    const visit: Visit = {
      ...{ id: newId(), deviceId: device.id, anonymousId: newId(), begunBy: begin.by, proved: null },
      begunAt: new Date(this.clock.now()),
      idleAt: this.idleAt(device),
    };
    if (begin.by === 'qr') {
      const user = await this.userTokens.verify(device.source, begin.userToken);
      if (!user.ok) return user;
      visit.proved = `${USER}${user.value.userId}`;
    }
    const said =
      begin.by === 'anonymous' ? ok(undefined) : await this.say(device, visit, claimOf(begin, visit));
    if (!said.ok) return said;
    await this.store.begin(visit);
    return ok(this.opened(device, visit));
  }

  /** Somebody touched the screen. Fails with KIOSK.VISIT_ENDED. */
  async touch(device: Device, id: string): Promise<Result<OpenVisit>> {
    const visit = await this.store.touch(device.id, id, this.idleAt(device));
    return visit ? ok(this.opened(device, visit)) : ENDED;
  }

  /** When a visit ends unless somebody touches the screen. Fails with KIOSK.VISIT_ENDED. */
  async look(device: Device, id: string): Promise<Result<Date>> {
    const idleAt = await this.store.idleAt(device.id, id);
    return idleAt ? ok(idleAt) : ENDED;
  }

  /** Somebody proved to read what is sent to a number. Fails with KIOSK.VISIT_ENDED. */
  async provePhone(device: Device, id: string, phone: string): Promise<Result<OpenVisit>> {
    const visit = await this.store.touch(device.id, id, this.idleAt(device), `phone:${phone}`);
    if (!visit) return ENDED;
    const said = await this.say(device, visit, { traits: { phone } });
    return said.ok ? ok(this.opened(device, visit)) : said;
  }

  /** Ends a visit; ending it again changes nothing. */
  async end(device: Device, id: string): Promise<void> {
    await this.store.end(device.id, id);
  }

  /** A one-time code for the visitor's phone. Fails with KIOSK.VISIT_ENDED. */
  async offer(
    device: Device,
    id: string,
    carried?: Carried,
  ): Promise<Result<{ code: string; expiresAt: Date }>> {
    // Whoever gets their phone out is there: the visit lives as long as it would after a touch.
    if (!(await this.store.touch(device.id, id, this.idleAt(device)))) return ENDED;
    const code = newHandOverCode();
    const expiresAt = new Date(this.clock.now() + HAND_OVER_LIFETIME);
    await this.store.offer(id, { digest: digestOf(code), expiresAt, carried: carried ?? null });
    return ok({ code, expiresAt });
  }

  /**
   * The phone goes on where the kiosk was: a session of the same visitor, and the kiosk forgets them. It proves
   * nobody's identity: whoever photographs the code gets an anonymous visit. Fails with KIOSK.INVALID_HAND_OVER.
   * @param source of the phone's write key, which must be the device's; undefined for our own page
   */
  async take(code: string, source?: string): Promise<Result<TakenVisit>> {
    const visit = await this.database.transaction((tx) => this.store.take(tx, digestOf(code)));
    if (!visit || (source !== undefined && visit.source !== source))
      return fail(
        failure('KIOSK.INVALID_HAND_OVER', 'The code was used, has expired, or its visit is over.'),
      );
    const { anonymousId, zones, carried } = visit;
    const session = this.sessions.issue({ source: visit.source, anonymousId });
    return ok({ ...session, anonymousId, zones, carried });
  }

  /** What is said of a visitor, as an event: it is vouched for where the visit has proof. */
  private async say(device: Device, visit: Visit, said: Claim): Promise<Result<void>> {
    const { id, anonymousId, begunBy: by, proved } = visit;
    const verified = proved !== null;
    const ingested = await this.ingest.internal([
      {
        ...{ id: newId(), lane: laneOf(device.source, anonymousId), source: device.source },
        messageId: `kiosk:${id}:${verified ? 'proved' : 'claimed'}`,
        ...{ type: 'identify', name: verified ? 'Signed In' : 'Claimed At A Kiosk' },
        ...{ occurredAt: this.clock.now(), verified, traceparent: null },
        payload: JSON.stringify({ anonymousId, ...said, context: { kiosk: { device: device.id, by } } }),
      },
    ]);
    if (!ingested.ok) return ingested;
    // A claim by card shows nothing; nobody need wait for it.
    if (verified || by === 'phone') await this.ingest.visible(ingested.value, LINK_WAIT);
    return ok(undefined);
  }

  private opened(device: Device, visit: Visit): OpenVisit {
    const { source, idleSeconds } = device;
    const { anonymousId, proved } = visit;
    const session = {
      ...{ source, anonymousId, device: device.id },
      ...(proved?.startsWith(USER) && { userId: proved.slice(USER.length) }),
      ...(proved !== null && { proved }),
    };
    return { ...visit, token: this.sessions.issue(session, idleSeconds * 1000).token };
  }

  private idleAt(device: Device): Date {
    return new Date(this.clock.now() + device.idleSeconds * 1000);
  }
}
