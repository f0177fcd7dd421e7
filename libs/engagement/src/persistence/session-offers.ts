import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, Housekeeping, newId } from '@repartee/platform';
import { firstIdAt } from '../domain/index.js';

/** Milliseconds for which a push can be read again by who was away for a moment. */
export const OFFERS_KEPT = 10 * 60_000;
const SWEEP = 60_000;
const PAGE = 200;

/** One offer on its way to a person's open pages. */
export interface SessionOffer {
  id: string;
  profileId: string;
  body: Record<string, unknown>;
}

interface Row {
  id: string;
  profile_id: string;
  body: Record<string, unknown>;
}

/** The durable ring of pushed offers: what one process writes, those that hold the person's streams read. */
@Injectable()
export class SessionOffers implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(SWEEP, 'forgetting pushed offers', async () => {
      await this.database.query('DELETE FROM session_offer WHERE id < $1', [
        firstIdAt(Date.now() - OFFERS_KEPT),
      ]);
    });
  }

  /** @param expiresAt milliseconds since the epoch @returns the id it can be read by */
  async push(profileId: string, body: Record<string, unknown>, expiresAt: number | null): Promise<string> {
    const id = newId();
    await this.database.query(
      'INSERT INTO session_offer (id, profile_id, expires_at, body) VALUES ($1, $2, $3, $4)',
      [id, profileId, expiresAt === null ? null : new Date(expiresAt), JSON.stringify(body)],
    );
    return id;
  }

  /** The newest ones of all people from an id on, oldest first. */
  async since(id: string): Promise<SessionOffer[]> {
    const rows = await this.database.query<Row>(
      `SELECT * FROM (SELECT id, profile_id, body FROM session_offer WHERE id >= $1 ORDER BY id DESC LIMIT ${PAGE}) newest
       ORDER BY id`,
      [id],
    );
    return rows.map(toOffer);
  }

  /**
   * What was pushed to one person and can still be accepted, oldest first.
   * @param family ids of the profiles that make up the person
   * @param now milliseconds of business time
   */
  async of(family: readonly string[], since: string, now: number): Promise<SessionOffer[]> {
    const rows = await this.database.query<Row>(
      `SELECT id, profile_id, body FROM session_offer
       WHERE profile_id = ANY($1::uuid[]) AND id >= $2 AND (expires_at IS NULL OR expires_at > $3) ORDER BY id LIMIT ${PAGE}`,
      [family, since, new Date(now)],
    );
    return rows.map(toOffer);
  }
}

function toOffer({ id, profile_id, body }: Row): SessionOffer {
  return { id, profileId: profile_id, body };
}
