import type { Classifications } from '@repartee/governance';
import { Classification } from '@repartee/governance/domain';
import { type Database, newId, type Transaction } from '@repartee/platform';
import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import { DEFAULT_OBJECTIVE, SeededRandom, type Stage } from '../domain/index.js';
import {
  EvidenceStore,
  learningEntities,
  learningMigrations,
  PresentationInbox,
  UpdateLog,
} from '../persistence/index.js';
import { ContextualModel } from './contextual-model.js';
import { LearningFeed } from './learning-feed.js';
import { ModelHealth } from './model-health.js';
import type { PersonalObservation } from './propensity-model.js';
import { SmoothedCountsModel } from './smoothed-counts-model.js';

const classifications = { current: new Classification() } as Pick<
  Classifications,
  'current'
> as Classifications;
const DAY_MS = DEFAULT_OBJECTIVE.windowMinutes * 60_000;
const TABLES =
  'propensity_count, presentation, learning_presentation, learning_update, learning_checkpoint, learning_objective';

let db: TestDatabase;
let clock: ManualClock;

/** What one process has of learning. */
function processOn(database: Database) {
  const log = new UpdateLog(database);
  const feed = new LearningFeed(log, clock);
  const counts = new SmoothedCountsModel(new EvidenceStore(database));
  const model = new ContextualModel(counts, feed, new PresentationInbox(), classifications);
  return { log, feed, model, health: new ModelHealth(feed, log) };
}

type Given = Partial<Pick<PersonalObservation, 'decisionId' | 'offer' | 'stage'>> & {
  traits?: Record<string, unknown>;
  humanProbability?: number;
};

function observation(response: PersonalObservation['response'], given: Given = {}): PersonalObservation {
  const {
    decisionId = newId(),
    offer = 'cart',
    stage = 'new' as Stage,
    traits = {},
    humanProbability,
  } = given;
  const now = clock.now();
  const display = {
    profileId: newId(),
    person: { traits },
    decidedAt: now,
    respondedAt: now,
    humanProbability,
  };
  return { decisionId, offer, channel: 'web', stage, response, display };
}

/** People whose yes depends on their plan. */
function crowd(count: number): PersonalObservation[] {
  const random = new SeededRandom('crowd');
  return Array.from({ length: count }, (_, at) => {
    const gold = random.next() < 0.5;
    const yes = random.next() < (gold ? 0.5 : 0.05);
    const traits = {
      plan: gold ? 'gold' : 'free',
      visits: Math.floor(random.next() * 9),
      email: `p${at}@example.org`,
    };
    return observation(yes ? 'accept' : 'dismiss', { offer: `offer-${at % 2}`, traits });
  });
}

beforeAll(async () => {
  db = await createTestDatabase({ entities: learningEntities, migrations: learningMigrations });
});
beforeEach(async () => {
  clock = new ManualClock();
  await db.database.query(`TRUNCATE ${TABLES}`);
  await db.database.query('UPDATE learning_head SET sequence = 0');
});
afterAll(() => db.drop());

const learn = (model: ContextualModel, observations: readonly PersonalObservation[]) =>
  db.database.transaction((tx) => model.learn(tx, observations));

describe('the update log', () => {
  it('tells of a response at once, and of silence when the window ends', async () => {
    const { feed, model } = processOn(db.database);
    const decisionId = newId();
    await learn(model, [observation('impression', { decisionId }), observation('click')]);
    await feed.run();
    expect(feed.state.sequence).toBe(1);
    clock.advance(DAY_MS - 1);
    await feed.run();
    expect(feed.state.sequence).toBe(1);
    clock.advance(1);
    await feed.run();
    expect(feed.state.sequence).toBe(2);
    const { log } = processOn(db.database);
    expect((await log.after(0, 9)).map(({ reward, weight }) => [reward, weight])).toEqual([
      [0.3, 1],
      [0, 1],
    ]);
    await learn(model, [observation('accept', { decisionId })]);
    await feed.run();
    expect((await log.after(2, 9)).map(({ reward, weight }) => [reward, weight])).toEqual([[1, 1]]);
  });

  it('tells of a display once, by its best response, whatever comes in whatever order', async () => {
    const { feed, model, log } = processOn(db.database);
    const decisionId = newId();
    const again = (response: PersonalObservation['response']) => observation(response, { decisionId });
    await learn(model, [again('click'), again('impression'), again('accept'), again('accept')]);
    await feed.run();
    await learn(model, [again('accept')]);
    await learn(model, [again('impression')]);
    await learn(model, [again('not_presented')]);
    clock.advance(2 * DAY_MS);
    await feed.run();
    expect((await log.after(0, 9)).map(({ reward }) => reward)).toEqual([1]);
  });

  it('weighs a click by how surely a person made it, and keeps out what names a person', async () => {
    const { feed, model, log } = processOn(db.database);
    const traits = { email: 'ann@example.org', firstName: 'Ann', plan: 'gold' };
    await learn(model, [observation('click', { humanProbability: 0.2, traits })]);
    await feed.run();
    const [update] = await log.after(0, 9);
    expect(update).toMatchObject({ weight: 0.2, features: { 'trait.plan': 'gold', channel: 'web' } });
    expect(JSON.stringify(update)).not.toMatch(/Ann|ann@/);
  });

  it('counts as the marketer says', async () => {
    const { feed, model, log } = processOn(db.database);
    await db.database.transaction((tx) =>
      log.setObjective(tx, { credits: { click: 1, accept: 0.5 }, windowMinutes: 5 }),
    );
    await feed.run();
    await learn(model, [observation('click'), observation('impression')]);
    clock.advance(5 * 60_000);
    await feed.run();
    expect((await log.after(0, 9)).map(({ reward }) => reward)).toEqual([1, 0]);
  });
});

describe('the states of all processes', () => {
  it('are the same to the last bit, with two that append at once and one that starts later', async () => {
    const one = processOn(db.database);
    const two = processOn(db.database);
    const people = crowd(1200);
    for (let at = 0; at < people.length; at += 100) {
      await learn(at % 200 === 0 ? one.model : two.model, people.slice(at, at + 100));
      await Promise.all([one.feed.run(), two.feed.run()]);
    }
    await Promise.all([one.feed.run(), two.feed.run()]);
    await two.feed.run();
    const late = processOn(db.database);
    await late.feed.run();
    expect(one.feed.state.sequence).toBe(1200);
    expect(two.feed.state.store()).toEqual(one.feed.state.store());
    expect(late.feed.state.store()).toEqual(one.feed.state.store());
    const rows = await db.database.query<{ gaps: number }>(
      'SELECT (max(sequence) - count(*))::int AS gaps FROM learning_update',
    );
    expect(rows[0]!.gaps).toBe(0);
  });

  it('survive a crash in the middle of an append, and resume from a checkpoint', async () => {
    const whole = processOn(db.database);
    const people = crowd(300);
    await learn(whole.model, people.slice(0, 150));
    const crashing = new UpdateLog(crashAfter(db.database, 'INSERT INTO learning_update'));
    await expect(crashing.append(new Date(clock.now()))).rejects.toThrow('killed');
    expect(await whole.log.after(0, 9)).toEqual([]);
    await whole.feed.run();
    await whole.log.keep(whole.feed.state);
    await learn(whole.model, people.slice(150));
    await whole.feed.run();
    const resumed = processOn(db.database);
    await resumed.feed.onModuleInit();
    await resumed.feed.onModuleDestroy();
    expect(resumed.feed.state.sequence).toBe(300);
    expect(resumed.feed.state.store()).toEqual(whole.feed.state.store());
    const replayed = await resumed.feed.stateAt(220);
    expect(replayed.sequence).toBe(220);
    expect((await resumed.feed.stateAt(300)).store()).toEqual(whole.feed.state.store());
    await expect(resumed.feed.stateAt(301)).rejects.toThrow('the log ends at 300');
  });
});

describe('propensities', () => {
  it('come from the counts until a model has beaten them, then from the person, the same for the same seed', async () => {
    const { feed, model, health } = processOn(db.database);
    const ask = (plan: string, seed = 'd1') =>
      model.predictor({ seed, person: { traits: { plan } }, channel: 'web', at: clock.now() })({
        offer: 'offer-0',
        channel: 'web',
        stage: 'new',
      });
    expect(ask('gold')).toBe(ask('free'));
    const people = crowd(3000);
    for (let at = 0; at < people.length; at += 500) {
      await learn(model, people.slice(at, at + 500));
      await feed.run();
    }
    expect(feed.state.isChampion('offer-0/web')).toBe(true);
    expect(ask('gold')).toBeGreaterThan(3 * ask('free'));
    expect(ask('gold')).toBe(ask('gold'));
    const other = processOn(db.database);
    await other.feed.run();
    expect(health.list(1)).toMatchObject({ items: [{ offer: 'offer-0', channel: 'web', speaks: true }] });
    expect(health.list(1).nextCursor).toBe('offer-0/web');
    const detail = await health.describe('offer-0', 'web');
    expect(detail).toMatchObject({
      maturity: 'mature',
      predictors: [{ name: 'trait.plan' }, {}, {}, {}, {}],
    });
    expect(detail!.auc).toBeGreaterThan(0.7);
    expect(await health.describe('nothing', 'web')).toBeNull();
  });
});

/** A database that fails right after a statement, with its transaction open: what a killed process leaves. */
function crashAfter(database: Database, statement: string): Database {
  const crash = async <R>(tx: Transaction, ...[sql, ...rest]: Parameters<Transaction['query']>) => {
    const rows = await tx.query<R>(sql, ...rest);
    if (sql.includes(statement)) throw new Error('killed');
    return rows;
  };
  const proxy: Pick<Database, 'query' | 'transaction'> = {
    query: (...query) => database.query(...query),
    transaction: (work, options) =>
      database.transaction(
        (tx) =>
          work({
            ...tx,
            query: (...query: Parameters<Transaction['query']>) => crash(tx, ...query),
          } as Transaction),
        options,
      ),
  };
  return proxy as Database;
}
