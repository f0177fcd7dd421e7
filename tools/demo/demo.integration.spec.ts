import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dataset, expectedRecords, twin, userIdOf } from './purchases/dataset.js';
import { checksOf, type DemoResult } from './report/checks.js';
import { Progress } from './report/progress.js';
import { runDemo } from './run-demo.js';
import { Hub, type ProfileAnswer } from './system/hub.js';
import type { DemoKeys } from './system/keys.js';

const root = join(__dirname, '../..');
const quiet = new Progress({ moving: false, columns: 80, write: () => undefined });
const signal = new AbortController().signal;

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((listening) => server.once('listening', listening))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

interface Ready {
  type: string;
  reason?: string;
  keys: DemoKeys;
}

/** Starts a built program and waits until it says that it is ready. */
async function launch(
  script: string,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; ready: Ready }> {
  const path = join(root, 'apps', script);
  if (!existsSync(path)) throw new Error(`${script} is missing: build first (npm run build)`);
  const child = spawn(process.execPath, [path], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.on('message', (message: Ready) => {
      if (message.type === 'ready') resolve(message);
      else if (message.type === 'failed') reject(new Error(message.reason));
    });
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
  });
  return { child, ready };
}

async function stop(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Every golden record of the crowd, by customer. */
async function recordsOf(hub: Hub, dataset: Dataset): Promise<Map<string, ProfileAnswer>> {
  const records = new Map<string, ProfileAnswer>();
  for (const { customer } of expectedRecords(dataset.purchases)) {
    const userId = userIdOf(dataset, customer);
    records.set(customer, await hub.post('/v1/profiles/lookup', { identifiers: { userId } }));
  }
  return records;
}

describe('the demo, on a running system', () => {
  const dataset = twin({ customers: 150, seed: 1 });
  const expected = expectedRecords(dataset.purchases);
  const regulars = expected.filter(({ cents }) => cents > 50_000).length;
  let db: TestDatabase;
  let folder: string;
  let core: ChildProcess | undefined;
  let sandbox: ChildProcess | undefined;
  let hub: Hub;
  let play: () => Promise<DemoResult>;

  beforeAll(async () => {
    db = await createTestDatabase({ entities: [], migrations: [] });
    folder = await mkdtemp(join(tmpdir(), 'repartee-demo-'));
    const [port, sandboxPort, smtpPort] = (await freePorts(3)).map(String) as [string, string, string];
    ({ child: sandbox } = await launch('sandbox/dist/main.js', {
      SANDBOX_PORT: sandboxPort,
      SANDBOX_SMTP_PORT: smtpPort,
    }));
    const started = await launch('core/dist/main.js', {
      PORT: port,
      DATA_DIR: folder,
      DATABASE_URL: db.url,
      REPARTEE_PAGES_SANDBOX: `http://127.0.0.1:${sandboxPort}`,
      EMAIL_SMTP_HOST: '127.0.0.1',
      EMAIL_SMTP_PORT: smtpPort,
      EMAIL_SMTP_TLS: 'none',
      EMAIL_SMTP_FROM: 'shop@example.org',
    });
    core = started.child;
    const { keys } = started.ready;
    const url = `http://127.0.0.1:${port}`;
    hub = new Hub(url, keys.server, signal);
    const loyalty = await readFile(join(__dirname, 'story/loyalty.yaml'), 'utf8');
    play = () => runDemo({ dataset, url, keys, loyalty, progress: quiet, signal });
  }, 120_000);

  afterAll(async () => {
    await stop(core);
    await stop(sandbox);
    await db?.drop();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('plays a crowd whose records equal the file, mails the regulars, and learns from a click', async () => {
    expect(regulars).toBeGreaterThan(1);
    const result = await play();
    expect(checksOf(result).filter(({ holds }) => !holds)).toEqual([]);
    expect(result.sent).toMatchObject({ events: 150 + dataset.purchases.length, lost: 0 });
    expect(result.verified).toMatchObject({ customers: 150, right: 150, records: 150 });
    expect(result.story).toMatchObject({ regulars, mailed: { arrived: regulars, earlier: 0 } });
    const { click } = result.story ?? {};
    expect(click).toMatchObject({ offer: 'demo-loyalty', answered: 302, clickOnTimeline: true });
    expect(click?.after?.propensity).toBeGreaterThan(click?.before?.propensity ?? 1);
    expect(click?.after?.priority).toBeGreaterThan(click?.before?.priority ?? Infinity);
    expect(click?.after?.reason).not.toBe(click?.before?.reason);
  }, 120_000);

  it('compares every golden record with the file itself, to the cent', async () => {
    const records = await recordsOf(hub, dataset);
    for (const { customer, orders, cents } of expected) {
      const { orders_count, orders_total, orders_currency } = records.get(customer)?.computed ?? {};
      expect([customer, orders_count, orders_currency]).toEqual([customer, orders, 'USD']);
      expect(Math.round((orders_total ?? Number.NaN) * 100)).toBe(cents);
    }
  }, 60_000);

  it('changes nothing when it runs again', async () => {
    const before = await recordsOf(hub, dataset);
    const result = await play();
    expect(checksOf(result).filter(({ holds }) => !holds)).toEqual([]);
    const { click, mailed } = result.story ?? {};
    expect(mailed).toMatchObject({ arrived: 0, earlier: regulars });
    const after = await recordsOf(hub, dataset);
    const untouched = [...before].filter(([customer]) => customer !== click?.customer);
    // One more customer has opened her mail; nobody else's record was touched.
    expect(untouched).toHaveLength(149);
    for (const [customer, record] of untouched) expect(after.get(customer)).toEqual(record);
  }, 120_000);
});
