import { createDataSource, startEmbeddedPostgres } from '@repartee/platform';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CoreProcess, freePort, startCoreProcess } from './testing/core-process.js';
import { Crowd } from './testing/crowd.js';
import { until } from './testing/visibly.js';

const KILLS = 20;

jest.setTimeout(300_000);

interface Logged {
  message_id: string;
  user_id: string;
  kind: string;
  amount: number;
  copies: number;
}

interface Counted {
  user_id: string;
  completed: number;
  refunded: number;
  orders_count: number;
  orders_total: number;
  entries: number;
}

const LOGGED = `
  SELECT message_id, payload->>'userId' AS user_id, name AS kind, (payload->'properties'->>'total')::int AS amount,
         count(*)::int AS copies
  FROM event_log GROUP BY 1, 2, 3, 4`;
const COUNTED = `
  SELECT i.value AS user_id,
         coalesce((record->'events'->'Order Completed'->>'count')::int, 0) AS completed,
         coalesce((record->'events'->'Order Refunded'->>'count')::int, 0) AS refunded,
         coalesce((record->'orders'->'USD'->>'count')::int, 0) AS orders_count,
         coalesce((record->'orders'->'USD'->>'total')::int, 0) / 100.0 AS orders_total,
         (SELECT count(*)::int FROM timeline_entry t WHERE t.profile_id = p.id) AS entries
  FROM profile p JOIN identifier i ON i.profile_id = p.id`;

describe('a core that is killed again and again', () => {
  let dataDir: string;
  let environment: Record<string, string>;
  let core: CoreProcess;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'repartee-kill-'));
    environment = { PORT: String(await freePort()), DATA_DIR: dataDir };
    core = await startCoreProcess(environment);
  });
  afterAll(async () => {
    await core.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('loses nothing that it has acknowledged, and counts everything exactly once', async () => {
    const crowd = new Crowd(core.url, core.keys.server);
    const senders = Array.from({ length: 6 }, () => crowd.send());
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Mostly soon after the start; now and then late enough for the lanes of the dead to be taken over and read.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * (kill % 4 === 3 ? 2500 : 400)));
      await core.kill();
      core = await startCoreProcess(environment);
    }
    crowd.stop();
    await Promise.all(senders);
    await until('the queue to be empty', async () => {
      const { body } = await core.call<{ visible: boolean }>('/v1/track', {
        body: { userId: 'last', event: 'Seen' },
        headers: { prefer: 'visible, wait=10' },
      });
      return body.visible;
    });
    await core.stop();

    const { logged, counted, pending } = await readDatabase(dataDir);
    expect(crowd.acknowledged.size).toBeGreaterThan(KILLS * 10);
    expect(crowd.unanswered).toBeGreaterThan(0);
    expect(pending).toBe(0);
    expect(logged.filter(({ copies }) => copies !== 1)).toEqual([]);
    const known = new Set(logged.map(({ message_id }) => message_id));
    expect([...crowd.acknowledged].filter((id) => !known.has(id))).toEqual([]);
    expect(counted.filter(({ user_id }) => user_id !== 'last').sort(byUser)).toEqual(
      expected(logged).sort(byUser),
    );
  });
});

const byUser = (a: Counted, b: Counted) => (a.user_id < b.user_id ? -1 : 1);

/** What golden records must say, event by event of the log. */
function expected(logged: Logged[]): Counted[] {
  const users = new Map<string, Counted>();
  for (const { user_id, kind, amount } of logged) {
    if (user_id === 'last') continue;
    const counted = users.get(user_id) ?? {
      user_id,
      completed: 0,
      refunded: 0,
      orders_count: 0,
      orders_total: 0,
      entries: 0,
    };
    const completed = kind === 'Order Completed';
    counted.completed += completed ? 1 : 0;
    counted.refunded += completed ? 0 : 1;
    counted.orders_count += completed ? 1 : 0;
    counted.orders_total += completed ? amount : 0;
    counted.entries += 1;
    users.set(user_id, counted);
  }
  return [...users.values()];
}

/** The database as the stopped core has left it. */
async function readDatabase(dataDir: string) {
  const postgres = await startEmbeddedPostgres({ dataDir });
  const source = await createDataSource({ url: postgres.url, entities: [], migrations: [] }).initialize();
  try {
    const [{ pending }] = await source.query<[{ pending: number }]>(
      'SELECT (SELECT count(*) FROM event_pending)::int + (SELECT count(*) FROM event_inbox)::int AS pending',
    );
    const counted = await source.query<Counted[]>(COUNTED);
    return {
      pending,
      logged: await source.query<Logged[]>(LOGGED),
      counted: counted.map((one) => ({ ...one, orders_total: Number(one.orders_total) })),
    };
  } finally {
    await source.destroy();
    await postgres.stop();
  }
}
