import { type Database, Housekeeping } from '@repartee/platform';
import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import { connectorHostEntities, connectorHostMigrations } from '../persistence.js';
import { startHost, testConnector } from '../testing/host-fixture.js';
import { SharedRates } from './shared-rates.js';

describe('a rate', () => {
  let ground: TestDatabase;
  const apps: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    ground = await createTestDatabase({
      entities: connectorHostEntities,
      migrations: connectorHostMigrations,
    });
  });
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
  });
  afterAll(() => ground.drop());

  async function startProcess() {
    const capabilities = { receipts: false, reconcile: 'none', ratePerSecond: 10 } as const;
    let time = 0;
    const { host, app } = await startHost({
      definitions: [testConnector({ capabilities }), testConnector({ name: 'sms-free' })],
      environment: { SMS_TEST_TOKEN: 'x', SMS_FREE_TOKEN: 'x' },
      monotonic: () => time,
    });
    apps.push(app);
    const rates = new SharedRates(host, {}, ground.database as Database, new Housekeeping());
    /** Turns that are given within a second. */
    const inASecond = () => {
      const turns = host.turns('sms-test');
      let given = 0;
      for (let step = 0; step < 100; step += 1) {
        time += 10;
        const taken = turns?.take(1) ?? 0;
        turns?.passOn(taken);
        given += taken;
      }
      return given;
    };
    return { rates, inASecond };
  }

  it('holds for all processes together, and comes back when one goes', async () => {
    const [one, two] = [await startProcess(), await startProcess()];
    await one.rates.share();
    expect(one.inASecond()).toBe(10);
    await two.rates.share();
    await one.rates.share();
    expect([one.inASecond(), two.inASecond()]).toEqual([5, 5]);
    await two.rates.onApplicationShutdown();
    await one.rates.share();
    expect(one.inASecond()).toBe(10);
    const seen = await ground.database.query('SELECT DISTINCT connector FROM connector_process');
    expect(seen).toEqual([{ connector: 'sms-test' }]);
  });

  it('is not left to a process that died', async () => {
    const [one, dead] = [await startProcess(), await startProcess()];
    await dead.rates.share();
    await ground.database.query(`UPDATE connector_process SET seen_at = seen_at - interval '6 s'`);
    await one.rates.share();
    expect(one.inASecond()).toBe(10);
  });
});
