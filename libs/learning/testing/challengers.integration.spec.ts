import { LearningBench } from './learning-bench.js';

let bench: LearningBench;

beforeAll(async () => {
  bench = await LearningBench.start();
});
beforeEach(() => bench.clear());
afterAll(() => bench.db.drop());

describe('challengers', () => {
  const declare = (process: ReturnType<LearningBench['process']>, keys: string[]) =>
    bench.database.transaction((tx) =>
      process.log.declare(
        tx,
        keys.map((key) => ({ key, without: ['trait.plan'] })),
        new Date(bench.clock.now()),
      ),
    );

  it('are the same in every process, are recalled as they were, and seats are audited once', async () => {
    const one = bench.process();
    const two = bench.process();
    await declare(one, ['blind']);
    const people = bench.crowd(2400);
    for (let at = 0; at < people.length; at += 400) {
      await bench.learn(one.model, people.slice(at, at + 400));
      await Promise.all([one.feed.run(), two.feed.run()]);
    }
    await Promise.all([one.feed.run(), two.feed.run()]);
    expect(one.feed.state.challengers).toEqual([{ key: 'blind', without: ['trait.plan'] }]);
    expect(two.feed.state.store()).toEqual(one.feed.state.store());
    const model = 'offer-0/web';
    expect(one.feed.state.speakerOf(model)).toBe('standard');
    const before = one.feed.state.sequence;
    await declare(two, []);
    await Promise.all([one.feed.run(), two.feed.run()]);
    expect(one.feed.state.challengers).toEqual([]);
    expect((await one.feed.stateAt(before))?.challengers).toHaveLength(1);
    const late = bench.process();
    await late.feed.run();
    const seats = bench.audited.filter(({ subject }) => subject === `model/${model}`);
    expect(seats.length).toBeGreaterThan(0);
    expect(new Set(seats.map(({ detail }) => detail?.['sequence'])).size).toBe(seats.length);
    expect(one.health.list(1).items[0]).toMatchObject({ speaks: true, speaker: 'standard' });
  });
});
