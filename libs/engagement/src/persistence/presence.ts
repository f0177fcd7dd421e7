import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Database, Housekeeping, newId } from '@repartee/platform';

/** Milliseconds between two renewals, and how long a process that is gone is still believed. Technical time. */
const RENEW = 10_000;
const LEASE_SECONDS = 30;

/** A visitor with a page open; `userId` where the site's server vouched for the person. */
export interface PresentVisitor {
  anonymousId: string;
  userId: string | null;
}

/** Who has a page open at this moment, in whatever process. */
@Injectable()
export class Presence implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(Presence.name);
  private readonly processId = newId();
  /** Open streams of each visitor here. */
  private readonly here = new Map<string, { userId: string | null; streams: number }>();
  /** One statement after the other, so that a departure never undoes the arrival behind it. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(RENEW, 'saying who is here', () => this.renew());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.here.clear();
    await this.database.query('DELETE FROM session_presence WHERE process_id = $1', [this.processId]);
  }

  /** Resolves once everybody may know. */
  async enter(visitor: PresentVisitor): Promise<void> {
    const { anonymousId, userId } = visitor;
    const streams = (this.here.get(anonymousId)?.streams ?? 0) + 1;
    this.here.set(anonymousId, { userId, streams });
    await this.inTurn(() => this.write([visitor]));
  }

  leave(anonymousId: string): void {
    const here = this.here.get(anonymousId);
    if (!here) return;
    here.streams -= 1;
    if (here.streams > 0) return;
    this.here.delete(anonymousId);
    this.inTurn(async () => {
      if (this.here.has(anonymousId)) return;
      await this.database.query('DELETE FROM session_presence WHERE anonymous_id = $1 AND process_id = $2', [
        anonymousId,
        this.processId,
      ]);
    }).catch((error: unknown) => this.logger.warn(`a visitor who left is believed here: ${String(error)}`));
  }

  /** Which of these visitors are here. */
  async among(anonymousIds: readonly string[]): Promise<PresentVisitor[]> {
    if (anonymousIds.length === 0) return [];
    const rows = await this.database.query<{ anonymous_id: string; user_id: string | null }>(
      `SELECT anonymous_id, user_id FROM session_presence
       WHERE anonymous_id = ANY($1::text[]) AND expires_at > clock_timestamp()`,
      [anonymousIds],
    );
    return rows.map(({ anonymous_id, user_id }) => ({ anonymousId: anonymous_id, userId: user_id }));
  }

  private async renew(): Promise<void> {
    if (this.here.size > 0)
      await this.inTurn(() =>
        this.write([...this.here].map(([anonymousId, { userId }]) => ({ anonymousId, userId }))),
      );
    await this.database.query('DELETE FROM session_presence WHERE expires_at < clock_timestamp()');
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.last.then(work, work);
    this.last = done.catch(() => undefined);
    return done;
  }

  private async write(visitors: readonly PresentVisitor[]): Promise<void> {
    await this.database.query(
      `INSERT INTO session_presence (anonymous_id, process_id, user_id, expires_at)
       SELECT anonymous_id, $3, user_id, clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
       FROM unnest($1::text[], $2::text[]) AS t(anonymous_id, user_id)
       ON CONFLICT (anonymous_id, process_id) DO UPDATE SET user_id = excluded.user_id, expires_at = excluded.expires_at`,
      [visitors.map(({ anonymousId }) => anonymousId), visitors.map(({ userId }) => userId), this.processId],
    );
  }
}
