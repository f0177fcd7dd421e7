import { RetainedData } from '@repartee/governance';
import type { Cutoff } from '@repartee/governance/domain';
import { newId } from '@repartee/platform';
import type { PersonalObservation } from '../src/api/propensity-model.js';
import { RetainedUpdates } from '../src/persistence/retained-updates.js';
import { LearningBench, WINDOW_MS } from './learning-bench.js';

let bench: LearningBench;

beforeAll(async () => {
  bench = await LearningBench.start();
});
beforeEach(() => bench.clear());
afterAll(() => bench.db.drop());

describe('the counts', () => {
  const shownOf = ({ feed }: ReturnType<LearningBench['process']>) =>
    feed.state.counts.store().map(([offer, { shown, positive }]) => [offer, shown, positive]);
  const cart = { offer: 'cart', channel: 'web', stage: 'new' } as const;

  it('agree with their migrations', async () => {
    const log = await bench.db.dataSource.driver.createSchemaBuilder().log();
    expect(log.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('answer with the prior, then with what was learned; what is rolled back they never hear of', async () => {
    const { model, feed } = bench.process();
    expect(model.predict({ ...cart, prior: { mean: 0.2, strength: 10 } })).toBeCloseTo(0.2);
    const before = model.predict(cart);
    const broken = bench.database.transaction(async (tx) => {
      await model.learn(tx, [bench.observation('accept')]);
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    await feed.run();
    expect(model.predict(cart)).toBe(before);
    await bench.learn(model, [bench.observation('accept')]);
    await feed.run();
    expect(model.predict(cart)).toBeGreaterThan(before);
  });

  it('count one presentation once, whatever responses come, how often, and in how many processes', async () => {
    const one = bench.process();
    const two = bench.process();
    const decisionId = newId();
    const again = (response: PersonalObservation['response']) => bench.observation(response, { decisionId });
    await bench.learn(one.model, [again('click'), bench.observation('not_presented')]);
    await Promise.all([one.feed.run(), two.feed.run()]);
    await one.feed.run();
    expect(shownOf(one)).toEqual([['cart', 1, 0.3]]);
    await bench.learn(two.model, [again('impression'), again('accept')]);
    await bench.learn(one.model, [again('accept'), again('convert'), again('reject')]);
    await Promise.all([one.feed.run(), two.feed.run()]);
    await Promise.all([one.feed.run(), two.feed.run()]);
    expect(shownOf(one)).toEqual([['cart', 1, 1]]);
    expect(shownOf(two)).toEqual(shownOf(one));
  });

  it('lose nothing when many learn the same offer at once, and are recalled as they were', async () => {
    const one = bench.process();
    const request = { seed: 'd1', person: { traits: {} }, channel: 'web', at: bench.clock.now() };
    const said: [sequence: number, propensity: number][] = [];
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(
        Array.from({ length: 10 }, () =>
          bench.learn(one.model, [bench.observation('accept'), bench.observation('impression')]),
        ),
      );
      await one.feed.run();
      said.push([one.model.sequence, one.model.predictor(request)(cart)]);
    }
    expect(shownOf(one)).toEqual([['cart', 80, 40]]);
    const late = bench.process();
    for (const [sequence, propensity] of said) {
      const recalled = await late.model.recall(sequence, request);
      expect(recalled!(cart)).toBe(propensity);
    }
  });
});

describe('the retention of the log', () => {
  it('lets go what a checkpoint stands for, keeps the counts, and says what can no longer be recalled', async () => {
    const one = bench.process();
    const retained = new RetainedUpdates(new RetainedData(), bench.database);
    const people = bench.crowd(120);
    await bench.learn(one.model, people.slice(0, 60));
    await one.feed.run();
    await one.log.keep(one.feed.state);
    const base = one.model.sequence;
    bench.clock.advance(10 * WINDOW_MS);
    await bench.learn(one.model, people.slice(60));
    await one.feed.run();
    const cutoff = { before: new Date(bench.clock.now() - WINDOW_MS) } as Cutoff;
    expect(await retained.count(cutoff)).toBe(base - 1);
    expect(await retained.remove(cutoff, 40)).toBe(40);
    expect(await retained.remove(cutoff, 40)).toBe(base - 41);
    expect(await retained.remove(cutoff, 40)).toBe(0);
    const late = bench.process();
    await late.feed.onModuleInit();
    await late.feed.onModuleDestroy();
    expect(late.feed.state.store()).toEqual(one.feed.state.store());
    const request = { seed: 'd1', person: { traits: {} }, channel: 'web', at: bench.clock.now() };
    expect(await late.model.recall(base - 1, request)).toBeNull();
    expect(await late.model.recall(base, request)).not.toBeNull();
    // Even without a checkpoint of its make, a new build has the counts.
    await bench.database.query('TRUNCATE learning_checkpoint');
    const built = bench.process();
    await built.feed.onModuleInit();
    await built.feed.onModuleDestroy();
    expect(built.feed.state.counts.store()).toEqual(one.feed.state.counts.store());
  });
});
