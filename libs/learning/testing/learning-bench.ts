import type { AuditLog, Classifications, NewAuditEntry } from '@repartee/governance';
import { Classification } from '@repartee/governance/domain';
import { type Database, newId } from '@repartee/platform';
import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import { LaterActs } from '@repartee/profile';
import { ContextualModel } from '../src/api/contextual-model.js';
import { LearningFeed } from '../src/api/learning-feed.js';
import { ModelHealth } from '../src/api/model-health.js';
import type { PersonalObservation } from '../src/api/propensity-model.js';
import { DEFAULT_OBJECTIVE, SeededRandom, type Lesson, type Stage } from '../src/domain/index.js';
import {
  EvidenceStore,
  LaterJudge,
  learningEntities,
  learningMigrations,
  PresentationInbox,
  UpdateLog,
} from '../src/persistence/index.js';

const classifications = { current: new Classification() } as Pick<
  Classifications,
  'current'
> as Classifications;
const TABLES =
  'learning_evidence, presentation, learning_presentation, learning_update, learning_checkpoint, learning_objective';

/** The default window, in milliseconds. */
export const WINDOW_MS = DEFAULT_OBJECTIVE.windowMinutes * 60_000;

export type Given = Partial<Pick<PersonalObservation, 'decisionId' | 'offer' | 'stage'>> & {
  traits?: Record<string, unknown>;
  humanProbability?: number;
  profileId?: string;
  group?: string;
};

/** Learning over a real database, in as many processes as a test wants. */
export class LearningBench {
  readonly clock = new ManualClock();
  /** What the audit log was told. */
  readonly audited: NewAuditEntry[] = [];
  private readonly trail = {
    prepare: () => Promise.resolve(),
    record: (_tx: unknown, entries: readonly NewAuditEntry[]) =>
      Promise.resolve(void this.audited.push(...entries)),
  } as Pick<AuditLog, 'prepare' | 'record'> as AuditLog;

  private constructor(readonly db: TestDatabase) {}

  static async start(): Promise<LearningBench> {
    return new LearningBench(
      await createTestDatabase({ entities: learningEntities, migrations: learningMigrations }),
    );
  }

  get database(): Database {
    return this.db.database;
  }

  async clear(): Promise<void> {
    this.audited.length = 0;
    await this.database.query(`TRUNCATE ${TABLES}`);
    await this.database.query('UPDATE learning_head SET sequence = 0, recalled_from = 0, audited = 0');
  }

  /** Resolves when somebody waits for a lock. */
  async waiting(): Promise<void> {
    const look = () => this.database.query('SELECT 1 FROM pg_locks WHERE NOT granted');
    while ((await look()).length === 0);
  }

  logOn(database: Database): UpdateLog {
    return new UpdateLog(database, new LaterJudge(new LaterActs()), this.trail);
  }

  /** What one process has of learning. */
  process() {
    const log = this.logOn(this.database);
    const feed = new LearningFeed(log, this.clock);
    const model = new ContextualModel(feed, new EvidenceStore(), new PresentationInbox(), classifications);
    return { log, feed, model, health: new ModelHealth(feed, log) };
  }

  learn(model: ContextualModel, observations: readonly PersonalObservation[]): Promise<void> {
    return this.database.transaction((tx) => model.learn(tx, observations));
  }

  observation(response: PersonalObservation['response'], given: Given = {}): PersonalObservation {
    const {
      decisionId = newId(),
      offer = 'cart',
      stage = 'new' as Stage,
      traits = {},
      humanProbability,
      profileId = newId(),
      group,
    } = given;
    const now = this.clock.now();
    const display = {
      profileId,
      group,
      person: { traits },
      decidedAt: now,
      respondedAt: now,
      humanProbability,
    };
    return { decisionId, offer, channel: 'web', stage, response, display };
  }

  /** People whose yes depends on their plan. */
  crowd(count: number): PersonalObservation[] {
    const random = new SeededRandom('crowd');
    return Array.from({ length: count }, (_, at) => {
      const gold = random.next() < 0.5;
      const yes = random.next() < (gold ? 0.5 : 0.05);
      const traits = {
        plan: gold ? 'gold' : 'free',
        visits: Math.floor(random.next() * 9),
        email: `p${at}@example.org`,
      };
      return this.observation(yes ? 'accept' : 'dismiss', { offer: `offer-${at % 2}`, traits });
    });
  }
}

/** What the log tells models, without its lines of counts. */
export async function lessonsOf(log: UpdateLog): Promise<Lesson[]> {
  return (await log.after(0, 100)).filter((update) => !('counts' in update)) as Lesson[];
}
