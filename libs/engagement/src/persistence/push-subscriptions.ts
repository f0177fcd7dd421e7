import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, newId } from '@repartee/platform';
import type { PresentVisitor } from './presence.js';

/** A subscription as a browser hands it out (Push API, `PushSubscription.toJSON`). */
export interface PushSubscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

/** A browser that takes messages, and whose it is. */
export interface SubscribedVisitor extends PresentVisitor {
  subscription: PushSubscription;
}

/** A visitor's browsers; more than these nobody has. */
const MOST = 20;

/** The browsers that take messages while no page is open. */
@Injectable()
export class PushSubscriptions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** An endpoint is one browser: it belongs to who spoke for it last. */
  async keep(visitor: PresentVisitor & { source: string }, subscription: PushSubscription): Promise<void> {
    const { endpoint, keys } = subscription;
    await this.database.query(
      `INSERT INTO push_subscription (id, anonymous_id, user_id, source, endpoint, p256dh, auth, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (endpoint) DO UPDATE SET anonymous_id = excluded.anonymous_id, user_id = excluded.user_id,
         source = excluded.source, p256dh = excluded.p256dh, auth = excluded.auth, created_at = excluded.created_at`,
      [
        newId(),
        visitor.anonymousId,
        visitor.userId,
        visitor.source,
        endpoint,
        keys.p256dh,
        keys.auth,
        new Date(this.clock.now()),
      ],
    );
    await this.database.query(
      `DELETE FROM push_subscription WHERE anonymous_id = $1 AND id NOT IN (
         SELECT id FROM push_subscription WHERE anonymous_id = $1 ORDER BY created_at DESC, id DESC LIMIT ${MOST})`,
      [visitor.anonymousId],
    );
  }

  /** Ends a subscription of this visitor. */
  async end(anonymousId: string, endpoint: string): Promise<void> {
    await this.database.query('DELETE FROM push_subscription WHERE anonymous_id = $1 AND endpoint = $2', [
      anonymousId,
      endpoint,
    ]);
  }

  /** Forgets a browser that its push service no longer knows. */
  async forget(endpoint: string): Promise<void> {
    await this.database.query('DELETE FROM push_subscription WHERE endpoint = $1', [endpoint]);
  }

  /** The browsers of these visitors, the newest first. */
  async of(anonymousIds: readonly string[]): Promise<SubscribedVisitor[]> {
    if (anonymousIds.length === 0) return [];
    const rows = await this.database.query<{
      anonymous_id: string;
      user_id: string | null;
      endpoint: string;
      p256dh: string;
      auth: string;
    }>(
      `SELECT * FROM push_subscription WHERE anonymous_id = ANY($1::text[]) ORDER BY created_at DESC, id DESC LIMIT ${MOST}`,
      [anonymousIds],
    );
    return rows.map(({ anonymous_id, user_id, endpoint, p256dh, auth }) => ({
      anonymousId: anonymous_id,
      userId: user_id,
      subscription: { endpoint, keys: { p256dh, auth } },
    }));
  }
}
