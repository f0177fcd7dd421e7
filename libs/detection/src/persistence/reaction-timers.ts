import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { BackgroundLoop, Bus, Clock, Database, type Transaction } from '@repartee/platform';

/** A reaction that is due for a person: bus message `reaction.due`. */
export interface ReactionDue {
  reaction: string;
  profileId: string;
  eventId: string;
  /** Milliseconds since the epoch. */
  triggeredAt: number;
}

/** A reaction that an event has started; the event's trace goes with it. */
export interface StartedReaction extends ReactionDue {
  traceparent?: string;
}

const BATCH = 200;
const POLL = 250;

interface Row {
  reaction: string;
  profile_id: string;
  event_id: string;
  triggered_at: Date;
  traceparent: string | null;
}

/** Durable timers. A timer and the message it becomes change place in one transaction, so a kill loses neither. */
@Injectable()
export class ReactionTimers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReactionTimers.name);
  private readonly loop = new BackgroundLoop({
    round: async () => ((await this.fire()) === BATCH ? 0 : POLL),
    failed: (error) => this.logger.warn(`timers could not be read: ${String(error)}`),
    pause: POLL,
  });

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Sets timers. One that is set for the same reaction and person already starts anew. */
  async set(tx: Transaction, timers: (StartedReaction & { dueAt: number })[]): Promise<void> {
    if (timers.length === 0) return;
    const latest = new Map(timers.map((timer) => [`${timer.reaction}/${timer.profileId}`, timer]));
    const rows = [...latest.values()];
    await tx.query(
      `INSERT INTO reaction_timer (reaction, profile_id, event_id, triggered_at, due_at, traceparent)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::text[])
       ON CONFLICT (reaction, profile_id) DO UPDATE SET event_id = excluded.event_id,
         triggered_at = greatest(reaction_timer.triggered_at, excluded.triggered_at), due_at = excluded.due_at,
         traceparent = excluded.traceparent`,
      [
        rows.map((row) => row.reaction),
        rows.map((row) => row.profileId),
        rows.map((row) => row.eventId),
        rows.map((row) => new Date(row.triggeredAt)),
        rows.map((row) => new Date(row.dueAt)),
        rows.map((row) => row.traceparent ?? null),
      ],
    );
  }

  /** Hands what is due to the bus. Returns how many. */
  async fire(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const due = await tx.query<Row>(
        `DELETE FROM reaction_timer WHERE (reaction, profile_id) IN (
           SELECT reaction, profile_id FROM reaction_timer WHERE due_at <= $1
           ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING reaction, profile_id, event_id, triggered_at, traceparent`,
        [new Date(this.clock.now()), BATCH],
      );
      await this.announce(tx, due.map(toStarted));
      return due.length;
    });
  }

  /** Publishes reactions that are due at once. */
  async announce(tx: Transaction, due: StartedReaction[]): Promise<void> {
    if (due.length === 0) return;
    await this.bus.publish(
      tx,
      due.map(({ traceparent, ...data }) => ({
        type: 'reaction.due',
        subject: data.profileId,
        data,
        traceparent,
      })),
    );
  }
}

function toStarted(row: Row): StartedReaction {
  return {
    reaction: row.reaction,
    profileId: row.profile_id,
    eventId: row.event_id,
    triggeredAt: row.triggered_at.getTime(),
    ...(row.traceparent !== null && { traceparent: row.traceparent }),
  };
}
