import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Database, Housekeeping, newId } from '@repartee/platform';
import { ProfileCache } from './profile-cache.js';

/** A process not heard of for so long neither counts as live nor trusts its cache. Technical time. */
const LEASE = 1000;
const BEAT = 250;
const POLL = 20;
/** Changes older than this are forgotten; no live process can be behind so far. */
const KEEP_SECONDS = 600;

interface Change {
  seq: string;
  profile_ids: string[];
}

/**
 * Reading your writes over several processes. Every change of golden records has a number in the order of commits;
 * each process drops what changed from its cache and publishes the number it has come to, under a lease of a second.
 * A process whose lease lapsed, or that has just started, does not trust its cache: it reads through.
 */
@Injectable()
export class ChangeFeed implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(ChangeFeed.name);
  private readonly id = newId();
  private applied = 0;
  /** Own commits that came before the numbers between were read. */
  private readonly ahead = new Set<number>();
  private others = true;
  private trustedFrom = Number.POSITIVE_INFINITY;
  private beatAt = 0;
  private stopped = false;
  private running?: Promise<void>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProfileCache) private readonly cache: ProfileCache,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  async onModuleInit(): Promise<void> {
    const [row] = await this.database.query<{ seq: string }>('SELECT seq FROM profile_change_counter');
    this.applied = Number(row?.seq ?? 0);
    await this.beat();
    // For one lease, other processes may not know of this one and answer "visible" without waiting for it.
    this.trustedFrom = this.others ? performance.now() + LEASE : 0;
    this.running = this.run();
    this.housekeeping.every(60_000, 'forgetting old changes', () => this.prune());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.running;
    await this.database.query('DELETE FROM profile_reader WHERE id = $1', [this.id]);
  }

  /** Whether what is in the cache may be used. */
  get trusted(): boolean {
    const now = performance.now();
    return now >= this.trustedFrom && now - this.beatAt < LEASE;
  }

  /** Takes note of a change this process committed and has put into its cache already. */
  committed(seq: number): void {
    if (seq <= this.applied) return;
    this.ahead.add(seq);
    while (this.ahead.delete(this.applied + 1)) this.applied += 1;
  }

  /** Resolves with true once every live process shows change `seq`; false at the deadline (`performance.now()` time). */
  async visibleEverywhere(seq: number, deadline: number): Promise<boolean> {
    for (;;) {
      if (this.applied >= seq && (!this.others || (await this.othersApplied(seq)))) return true;
      if (performance.now() >= deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  private async othersApplied(seq: number): Promise<boolean> {
    const [row] = await this.database.query<{ behind: number }>(
      `SELECT count(*)::int AS behind FROM profile_reader
       WHERE id <> $1 AND expires_at > clock_timestamp() AND applied_seq < $2`,
      [this.id, seq],
    );
    return row?.behind === 0;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        if (performance.now() - this.beatAt >= BEAT) await this.beat();
        if (this.follows) await this.catchUp();
      } catch (error) {
        this.logger.warn(`changes cannot be followed, reading through: ${String(error)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, this.follows ? POLL : BEAT));
    }
  }

  /** There are others; or were, for what this process did goes on behind something that it has not seen. */
  private get follows(): boolean {
    return this.others || this.ahead.size > 0;
  }

  /** Says that this process lives and how far it has come; learns whether there are others. */
  private async beat(): Promise<void> {
    const started = performance.now();
    const lapsed = this.beatAt !== 0 && started - this.beatAt >= LEASE;
    if (lapsed) await this.catchUp();
    const [row] = await this.database.query<{ others: number }>(
      `WITH gone AS (DELETE FROM profile_reader WHERE expires_at < clock_timestamp() - interval '1 minute'),
            me AS (INSERT INTO profile_reader (id, applied_seq, expires_at)
                   VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
                   ON CONFLICT (id) DO UPDATE SET applied_seq = excluded.applied_seq, expires_at = excluded.expires_at)
       SELECT count(*)::int AS others FROM profile_reader WHERE id <> $1 AND expires_at > clock_timestamp()`,
      [this.id, this.applied, LEASE / 1000],
    );
    const others = (row?.others ?? 0) > 0;
    // Also when the last one has gone: it may have changed something before it went.
    if (others !== this.others) await this.catchUp();
    this.others = others;
    this.beatAt = started;
  }

  private async catchUp(): Promise<void> {
    const changes = await this.database.query<Change>(
      'SELECT seq, profile_ids FROM profile_change WHERE seq > $1 ORDER BY seq LIMIT 5000',
      [this.applied],
    );
    const last = changes.at(-1);
    if (!last) return;
    for (const change of changes) {
      if (this.ahead.delete(Number(change.seq))) continue;
      for (const id of change.profile_ids) this.cache.evict(id);
    }
    this.applied = Math.max(this.applied, Number(last.seq));
    await this.database.query('UPDATE profile_reader SET applied_seq = $2 WHERE id = $1', [
      this.id,
      this.applied,
    ]);
  }

  private async prune(): Promise<void> {
    await this.database.query(
      `DELETE FROM profile_change WHERE changed_at < (SELECT max(changed_at) FROM profile_change) - make_interval(secs => $1)`,
      [KEEP_SECONDS],
    );
  }
}
