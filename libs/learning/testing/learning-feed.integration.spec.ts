import { type Database, newId, type Transaction } from '@repartee/platform';
import type { PersonalObservation } from '../src/api/propensity-model.js';
import { LearningBench, lessonsOf, WINDOW_MS } from './learning-bench.js';

let bench: LearningBench;

beforeAll(async () => {
  bench = await LearningBench.start();
});
beforeEach(() => bench.clear());
afterAll(() => bench.db.drop());

describe('the update log', () => {
  it('tells of a response at once, and of silence when the window ends', async () => {
    const { feed, model } = bench.process();
    const decisionId = newId();
    await bench.learn(model, [bench.observation('impression', { decisionId }), bench.observation('click')]);
    await feed.run();
    expect(feed.state.learner.observations).toBe(1);
    bench.clock.advance(WINDOW_MS - 1);
    await feed.run();
    expect(feed.state.learner.observations).toBe(1);
    bench.clock.advance(1);
    await feed.run();
    expect(feed.state.learner.observations).toBe(2);
    const { log } = bench.process();
    expect((await lessonsOf(log)).map(({ reward, weight }) => [reward, weight])).toEqual([
      [0.3, 1],
      [0, 1],
    ]);
    await bench.learn(model, [bench.observation('accept', { decisionId })]);
    await feed.run();
    expect((await lessonsOf(log)).slice(2)).toMatchObject([{ reward: 1, weight: 1 }]);
  });

  it('tells of a display once, by its best response, whatever comes in whatever order', async () => {
    const { feed, model, log } = bench.process();
    const decisionId = newId();
    const again = (response: PersonalObservation['response']) => bench.observation(response, { decisionId });
    await bench.learn(model, [again('click'), again('impression'), again('accept'), again('accept')]);
    await feed.run();
    await bench.learn(model, [again('accept')]);
    await bench.learn(model, [again('impression')]);
    await bench.learn(model, [again('not_presented')]);
    bench.clock.advance(2 * WINDOW_MS);
    await feed.run();
    expect((await lessonsOf(log)).map(({ reward }) => reward)).toEqual([1]);
  });

  it('weighs a click by how surely a person made it, and keeps out what names a person', async () => {
    const { feed, model, log } = bench.process();
    const traits = { email: 'ann@example.org', firstName: 'Ann', plan: 'gold' };
    await bench.learn(model, [bench.observation('click', { humanProbability: 0.2, traits })]);
    await feed.run();
    const [update] = await lessonsOf(log);
    expect(update).toMatchObject({ weight: 0.2, features: { 'trait.plan': 'gold', channel: 'web' } });
    expect(JSON.stringify(update)).not.toMatch(/Ann|ann@/);
  });

  it('knows, after a run, what there was when it was asked for, though another run was under way', async () => {
    const { feed, model } = bench.process();
    const runs: Promise<void>[] = [];
    await bench.database.transaction(async (tx) => {
      await tx.query('LOCK TABLE learning_update');
      runs.push(feed.run());
      await bench.waiting();
      await bench.learn(model, [bench.observation('click')]);
      runs.push(feed.run());
    });
    await Promise.all(runs);
    expect(feed.state.learner.observations).toBe(1);
  });

  it('counts as the marketer says', async () => {
    const { feed, model, log } = bench.process();
    await bench.database.transaction((tx) =>
      log.setObjective(tx, { credits: { click: 1, accept: 0.5 }, windowMinutes: 5 }),
    );
    await feed.run();
    await bench.learn(model, [bench.observation('click'), bench.observation('impression')]);
    bench.clock.advance(5 * 60_000);
    await feed.run();
    expect((await lessonsOf(log)).map(({ reward }) => reward)).toEqual([1, 0]);
  });
});

describe('a response that weighs nothing', () => {
  it('is no “no”: what counts is to come yet', async () => {
    const { feed, model, log } = bench.process();
    const revenue = { weight: 1, windowMinutes: 60, currency: 'USD' };
    await bench.database.transaction((tx) =>
      log.setObjective(tx, { credits: {}, windowMinutes: 60, weight: 0, revenue }),
    );
    await feed.run();
    await bench.learn(model, [bench.observation('click'), bench.observation('dismiss')]);
    await feed.run();
    expect(await lessonsOf(log)).toEqual([]);
  });
});

describe('the states of all processes', () => {
  it('are the same to the last bit, with two that append at once and one that starts later', async () => {
    const one = bench.process();
    const two = bench.process();
    const people = bench.crowd(1200);
    for (let at = 0; at < people.length; at += 100) {
      await bench.learn(at % 200 === 0 ? one.model : two.model, people.slice(at, at + 100));
      await Promise.all([one.feed.run(), two.feed.run()]);
    }
    await Promise.all([one.feed.run(), two.feed.run()]);
    await two.feed.run();
    const late = bench.process();
    await late.feed.run();
    expect(one.feed.state.learner.observations).toBe(1200);
    expect(two.feed.state.store()).toEqual(one.feed.state.store());
    expect(late.feed.state.store()).toEqual(one.feed.state.store());
    const rows = await bench.database.query<{ gaps: number }>(
      'SELECT (max(sequence) - count(*))::int AS gaps FROM learning_update',
    );
    expect(rows[0]!.gaps).toBe(0);
  });

  it('survive a crash in the middle of an append, and resume from a checkpoint', async () => {
    const whole = bench.process();
    const people = bench.crowd(300);
    await bench.learn(whole.model, people.slice(0, 150));
    const crashing = bench.logOn(crashAfter(bench.database, 'INSERT INTO learning_update'));
    await expect(crashing.append(new Date(bench.clock.now()))).rejects.toThrow('killed');
    expect(await whole.log.after(0, 9)).toEqual([]);
    await whole.feed.run();
    await whole.log.keep(whole.feed.state);
    await bench.learn(whole.model, people.slice(150));
    await whole.feed.run();
    const resumed = bench.process();
    await resumed.feed.onModuleInit();
    await resumed.feed.onModuleDestroy();
    const last = resumed.feed.state.sequence;
    expect(resumed.feed.state.learner.observations).toBe(300);
    expect(resumed.feed.state.store()).toEqual(whole.feed.state.store());
    const replayed = await resumed.feed.stateAt(220);
    expect(replayed?.sequence).toBe(220);
    expect((await resumed.feed.stateAt(last))?.store()).toEqual(whole.feed.state.store());
    await expect(resumed.feed.stateAt(last + 1)).rejects.toThrow(`the log ends at ${last}`);
  });
});

describe('propensities', () => {
  it('come from the counts until a model has beaten them, then from the person, the same for the same seed', async () => {
    const { feed, model, health } = bench.process();
    const ask = (plan: string, seed = 'd1') =>
      model.predictor({ seed, person: { traits: { plan } }, channel: 'web', at: bench.clock.now() })({
        offer: 'offer-0',
        channel: 'web',
        stage: 'new',
      });
    expect(ask('gold')).toBe(ask('free'));
    const people = bench.crowd(3000);
    for (let at = 0; at < people.length; at += 500) {
      await bench.learn(model, people.slice(at, at + 500));
      await feed.run();
    }
    expect(feed.state.speakerOf('offer-0/web')).toBe('standard');
    expect(ask('gold')).toBeGreaterThan(3 * ask('free'));
    expect(ask('gold')).toBe(ask('gold'));
    const other = bench.process();
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
