import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { checkFacts } from '@repartee/contracts';
import { BackgroundLoop, Clock, Database, newId } from '@repartee/platform';
import { type FactSource, FactSources } from './fact-sources.js';
import { FactStore } from './persistence/facts/fact-store.js';

/** Milliseconds between looks into a mailbox that had nothing new. */
const REST = 15_000;
const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 5 * 60_000;
/** How long a connector's turn is this process's own: longer than a call may take. */
const LEASE = 90_000;

/** How fetching goes. */
export interface PollHealth {
  connector: string;
  /** ISO 8601; null before the first success. */
  succeededAt: string | null;
  failures: number;
  /** What went wrong last; null when it goes well. */
  detail: string | null;
}

interface Turn {
  cursor: string | null;
  failures: number;
}

/** Fetches what providers do not push: one process at a time for each connector, cursor and facts in one commit. */
@Injectable()
export class Polling implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Polling.name);
  private readonly holder = newId();
  private loops: BackgroundLoop[] = [];

  constructor(
    @Inject(FactSources) private readonly sources: FactSources,
    @Inject(FactStore) private readonly store: FactStore,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.loops = this.sources.polling().map(
      (source) =>
        new BackgroundLoop({
          round: () => this.round(source),
          failed: (error) => this.logger.warn(`${source.name}: ${wordsOf(error)}`),
          pause: FIRST_PAUSE,
        }),
    );
    for (const loop of this.loops) loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await this.database.query('UPDATE connector_poll SET lease_until = $2 WHERE lease_holder = $1', [
      this.holder,
      new Date(0),
    ]);
  }

  /** There may be something to fetch. */
  ring(): void {
    for (const loop of this.loops) loop.ring();
  }

  async health(): Promise<PollHealth[]> {
    const rows = await this.database.query<{
      connector: string;
      succeeded_at: Date | null;
      failures: number;
      detail: string | null;
    }>('SELECT connector, succeeded_at, failures, detail FROM connector_poll ORDER BY connector');
    return rows.map(({ connector, succeeded_at, failures, detail }) => ({
      connector,
      succeededAt: succeeded_at?.toISOString() ?? null,
      failures,
      detail,
    }));
  }

  /** One look. @returns milliseconds until the next */
  private async round(source: FactSource): Promise<number> {
    // Settings may come and go.
    if (!this.sources.find(source.name)?.polls) return REST;
    const turn = await this.claim(source.name);
    if (!turn) return REST;
    try {
      const { cursor, facts, more } = await this.sources.poll(source.name, turn.cursor ?? undefined);
      const checked = checkFacts(facts);
      for (const { problem } of checked.refused)
        this.logger.warn(`${source.name} fetched no fact: ${problem}`);
      await this.database.transaction(async (tx) => {
        const kept = await tx.query(
          `UPDATE connector_poll SET cursor = $3, succeeded_at = $4, failures = 0, detail = NULL
           WHERE connector = $1 AND lease_holder = $2 RETURNING 1`,
          [source.name, this.holder, cursor, new Date(this.clock.now())],
        );
        if (kept.length === 0) throw new Error('another process took its turn');
        await this.store.addIn(tx, source, checked.facts);
      });
      return more === true ? 0 : REST;
    } catch (error) {
      const failures = turn.failures + 1;
      await this.database.query(
        'UPDATE connector_poll SET failures = $3, detail = $4 WHERE connector = $1 AND lease_holder = $2',
        [source.name, this.holder, failures, wordsOf(error)],
      );
      return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(failures - 1, 10));
    }
  }

  private async claim(connector: string): Promise<Turn | undefined> {
    const now = this.clock.now();
    const [turn] = await this.database.query<Turn>(
      `INSERT INTO connector_poll AS p (connector, lease_holder, lease_until, failures) VALUES ($1, $2, $3, 0)
       ON CONFLICT (connector) DO UPDATE SET lease_holder = excluded.lease_holder, lease_until = excluded.lease_until
         WHERE p.lease_holder = excluded.lease_holder OR p.lease_until < $4
       RETURNING cursor, failures`,
      [connector, this.holder, new Date(now + LEASE), new Date(now)],
    );
    return turn;
  }
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1000);
}
