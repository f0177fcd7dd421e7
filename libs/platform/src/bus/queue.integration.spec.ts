import { createTestDatabase, ManualClock, type TestDatabase } from '../testing/index.js';
import { pause } from '../testing/bus-contract.js';
import { Metrics } from '../telemetry/index.js';
import { newId } from '../ids/index.js';
import pg from 'pg';
import {
  BusConnections,
  BusMetrics,
  busEntities,
  busMigrations,
  busSettings,
  connectionOf,
  MessageStore,
  PostgresBus,
  PostgresDeadLetters,
  WakeUp,
} from './index.js';
import { Inbox } from './inbox.js';
import { Maintenance } from './maintenance.js';
import { SLOT_PERIOD_MS, slotAt, slotTable } from './slots.js';

const ignore = () => undefined;
const noTrace = { currentTraceparent: () => undefined };

jest.setTimeout(30_000);

describe('the queue in PostgreSQL', () => {
  let test: TestDatabase;
  let connections: BusConnections;
  let store: MessageStore;
  let wakeUp: WakeUp;
  let bus: PostgresBus;
  let metrics: Metrics;
  let maintenance: Maintenance;
  const clock = new ManualClock();
  const settings = busSettings({ retry: { maxAttempts: 2, baseMs: 1_000 }, random: () => 0.5 });

  beforeEach(async () => {
    test = await createTestDatabase({ entities: busEntities, migrations: busMigrations });
    connections = new BusConnections(connectionOf(test.dataSource), ignore);
    store = new MessageStore(connections);
    wakeUp = new WakeUp(connectionOf(test.dataSource), ignore);
    bus = new PostgresBus(clock, noTrace, wakeUp, settings);
    metrics = new Metrics({ defaults: false });
    maintenance = new Maintenance({
      store,
      connections,
      clock,
      settings,
      metrics: new BusMetrics(metrics),
      log: ignore,
      onLapse: ignore,
      onError: ignore,
    });
  });

  afterEach(async () => {
    await wakeUp.stop();
    await connections.close();
    await test.drop();
  });

  const publish = (count: number, data: unknown = 'x') =>
    test.database.transaction((tx) =>
      bus.publish(
        tx,
        Array.from({ length: count }, () => ({ type: 'a', data })),
      ),
    );
  const claim = (count: number, visibilityMs = 30_000) =>
    store.claim([{ type: 'a', count }], newId(), visibilityMs, clock.now());
  const size = async (table: string) =>
    Number(
      (await test.database.query<{ size: string }>(`SELECT pg_relation_size('${table}') AS size`))[0]?.size,
    );
  const rows = () => test.database.query<{ slot: number; attempts: number }>('SELECT * FROM bus_message');

  it('has a schema that its entities agree with', async () => {
    const { upQueries } = await test.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    await test.dataSource.undoLastMigration();
    await test.dataSource.runMigrations();
  });

  it('gives every message to one claim only, oldest first', async () => {
    await publish(30);
    const claims = await Promise.all([claim(10), claim(10), claim(10), claim(10)]);
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(30);
    expect(claims.filter((batch) => batch.length > 0).length).toBeGreaterThanOrEqual(3);
  });

  it('lets a worker that lost its lease change nothing', async () => {
    await publish(1);
    const [old] = await claim(1, 0);
    await pause(5);
    await maintenance.sweep();
    clock.advance(1_000);
    const [current] = await claim(1);
    expect(current?.id).toBe(old?.id);
    expect(current?.attempt).toBe(2);
    if (!old || !current) throw new Error('nothing claimed');

    await store.complete([old]);
    await store.release([old]);
    await store.retry([{ key: old, availableAt: 0 }]);
    await store.bury([{ key: old, cause: 'permanent', reason: 'late' }], clock.now());
    expect(await store.extend([old], 1_000)).toEqual(new Set());
    expect(await rows()).toMatchObject([{ lease: current.lease, attempts: 2 }]);

    expect(await store.extend([current], 1_000)).toEqual(new Set([`${current.id} ${current.lease}`]));
    await store.complete([current]);
    expect(await rows()).toEqual([]);
  });

  it('spreads lapsed messages over time, and gives up those whose workers keep dying', async () => {
    await publish(1);
    await claim(1, 0);
    await pause(5);
    await maintenance.sweep();
    expect(await claim(1)).toEqual([]);
    clock.advance(500);
    expect(await claim(1, 0)).toHaveLength(1);
    await pause(5);
    await maintenance.sweep();
    expect(await rows()).toEqual([]);
    const letters = await new PostgresDeadLetters(test.database, clock, wakeUp).list();
    expect(letters).toMatchObject({ value: { items: [{ cause: 'lapsed', attempts: 2 }] } });
  });

  it('moves what is tried again out of the rotating slots', async () => {
    await publish(1);
    const [message] = await claim(1);
    if (!message) throw new Error('nothing claimed');
    expect(message.slot).toBe(slotAt(clock.now()));
    await store.retry([{ key: message, availableAt: clock.now() }]);
    expect(await rows()).toMatchObject([{ slot: 0, lease: null, attempts: 1 }]);
    const [again] = await claim(1);
    if (!again) throw new Error('nothing claimed');
    await store.retry([{ key: again, availableAt: clock.now() }]);
    expect(await rows()).toMatchObject([{ slot: 0, lease: null, attempts: 2 }]);
  });

  it('truncates the slots left behind when they are empty, and only then', async () => {
    const table = slotTable(slotAt(clock.now()));
    await publish(1_000, 'x'.repeat(1_000));
    await store.complete(await claim(999));
    expect(await size(table)).toBeGreaterThan(512 * 1024);
    await maintenance.reclaim();
    expect(await size(table)).toBeGreaterThan(0);

    clock.advance(SLOT_PERIOD_MS);
    await maintenance.reclaim();
    expect(await rows()).toHaveLength(1);
    await store.complete(await claim(1));

    // A business transaction that is writing there still must neither be hurt nor waited for.
    await test.database.transaction(async (tx) => {
      await tx.query(`INSERT INTO ${table} (slot, id, type, event, available_at)
        VALUES (${table.slice(-1)}, gen_random_uuid(), 'a', '{}', to_timestamp(0))`);
      await maintenance.reclaim();
    });
    expect(await rows()).toHaveLength(1);
    await store.complete(await claim(1));
    await maintenance.reclaim();
    expect(await size(table)).toBe(0);
  });

  it('forgets what was handled when it can no longer come again', async () => {
    const inbox = new Inbox(connections);
    const [old, young] = [newId(), newId()];
    await inbox.record([old, old], clock.now());
    clock.advance(settings.inboxMs - 1_000);
    await inbox.record([young, old], clock.now());
    await maintenance.purge();
    expect(await inbox.handled([old, young, newId()])).toEqual(new Set([old, young]));
    clock.advance(1_001);
    await maintenance.purge();
    expect(await inbox.handled([old, young])).toEqual(new Set([young]));
  });

  it('notifies from a connection of its own, once for many commits, and never from the transaction', async () => {
    const listener = new pg.Client(connectionOf(test.dataSource));
    await listener.connect();
    const senders: (number | undefined)[] = [];
    listener.on('notification', (notice) => senders.push(notice.processId));
    await listener.query('LISTEN repartee_bus');

    await publish(10);
    await pause(100);
    expect(senders).toEqual([]);

    await wakeUp.start();
    for (let commit = 0; commit < 40; commit += 1) await publish(1);
    await pause(200);
    await listener.end();
    expect(senders.length).toBeGreaterThan(0);
    expect(senders.length).toBeLessThan(40);
    expect(new Set(senders).size).toBe(1);
  });

  it('wakes other processes', async () => {
    const elsewhere = new WakeUp(connectionOf(test.dataSource), ignore);
    await Promise.all([wakeUp.start(), elsewhere.start()]);
    const rung = new Promise<void>((resolve) => elsewhere.onRing(resolve));
    await publish(1);
    await rung;
    await elsewhere.stop();
  });

  it('finds its connection again', async () => {
    await wakeUp.start();
    await test.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'repartee-bus' AND datname = current_database()`,
    );
    // It wakes its listeners when it is back: something may have been missed.
    await new Promise<void>((resolve) => wakeUp.onRing(resolve));
    await publish(1);
    expect(await claim(1)).toHaveLength(1);
  });

  it('tells depth and age', async () => {
    await publish(3);
    clock.advance(2_000);
    await claim(1);
    const depths = await store.depths(clock.now());
    expect(depths).toEqual([{ type: 'a', depth: 3, oldest: clock.now() - 2_000 }]);
    new BusMetrics(metrics).observe(depths, clock.now());
    const text = await metrics.text();
    expect(text).toContain('repartee_bus_depth{type="a"} 3');
    expect(text).toContain('repartee_bus_oldest_seconds{type="a"} 2');
  });
});
