import { newId } from '@repartee/platform';
import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import type { Observation } from '../domain/index.js';
import { EvidenceStore, learningEntities, learningMigrations } from '../persistence/index.js';
import { SmoothedCountsModel } from './smoothed-counts-model.js';

const respond = (response: Observation['response'], decisionId = newId()): Observation => ({
  decisionId,
  offer: 'cart',
  channel: 'web',
  stage: 'new',
  response,
});
const shown = () => respond('impression');
const accepted = () => respond('accept');
const input = { offer: 'cart', channel: 'web', stage: 'new' } as const;

describe('the model of smoothed counts', () => {
  let db: TestDatabase;
  let model: SmoothedCountsModel;
  let other: SmoothedCountsModel;

  beforeAll(async () => {
    db = await createTestDatabase({ entities: learningEntities, migrations: learningMigrations });
  });
  beforeEach(async () => {
    await db.database.query('TRUNCATE propensity_count, presentation');
    model = new SmoothedCountsModel(new EvidenceStore(db.database));
    other = new SmoothedCountsModel(new EvidenceStore(db.database));
    await Promise.all([model.onModuleInit(), other.onModuleInit()]);
  });
  afterEach(() => Promise.all([model.onModuleDestroy(), other.onModuleDestroy()]));
  afterAll(() => db.drop());

  const learn = (...observations: Observation[]) =>
    db.database.transaction((tx) => model.learn(tx, observations));

  it('agrees with its migrations', async () => {
    const log = await db.dataSource.driver.createSchemaBuilder().log();
    expect(log.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('answers with the prior, then with what it learned at the commit', async () => {
    expect(model.predict({ ...input, prior: { mean: 0.2, strength: 10 } })).toBeCloseTo(0.2);
    const before = model.predict(input);
    await learn(accepted());
    expect(model.predict(input)).toBeGreaterThan(before);
    const after = model.predict(input);
    await learn(shown(), shown());
    expect(model.predict(input)).toBeLessThan(after);
  });

  it('forgets what was rolled back', async () => {
    const before = model.predict(input);
    const broken = db.database.transaction(async (tx) => {
      await model.learn(tx, [accepted()]);
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    await model.refresh();
    expect(model.predict(input)).toBe(before);
  });

  it('shows one process what another learned within 500 ms', async () => {
    await learn(accepted(), accepted(), accepted());
    const deadline = performance.now() + 500;
    while (other.predict(input) !== model.predict(input) && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(other.predict(input)).toBeCloseTo(model.predict(input), 12);
  });

  it('loses nothing when many learn the same offer at once', async () => {
    await Promise.all(Array.from({ length: 40 }, () => learn(accepted(), shown())));
    const [row] = await db.database.query<{ shown: number; positive: number }>(
      'SELECT sum(shown) AS shown, sum(positive) AS positive FROM propensity_count',
    );
    expect(row).toEqual({ shown: 80, positive: 40 });
    const live = model.predict(input);
    await model.refresh();
    expect(model.predict(input)).toBeCloseTo(live, 12);
  });

  it('counts one presentation once, whatever responses come and however often', async () => {
    const decisionId = newId();
    const sum = () =>
      db.database.query('SELECT sum(shown) AS shown, sum(positive) AS positive FROM propensity_count');
    await learn(respond('click', decisionId), respond('not_presented'));
    expect(await sum()).toEqual([{ shown: 1, positive: 0.3 }]);
    await learn(respond('impression', decisionId), respond('accept', decisionId));
    await learn(respond('accept', decisionId), respond('convert', decisionId), respond('reject', decisionId));
    expect(await sum()).toEqual([{ shown: 1, positive: 1 }]);
    expect(await db.database.query('SELECT count(*)::int AS count FROM presentation')).toEqual([
      { count: 1 },
    ]);
  });

  it('keeps its own updates that a refresh on its way may have missed', async () => {
    const before = model.predict(input);
    const refresh = model.refresh();
    await learn(accepted());
    await refresh;
    expect(model.predict(input)).toBeGreaterThan(before);
  });
});
