import {
  BusConnections,
  BusMetrics,
  busSettings,
  BusTransportStrategy,
  connectionOf,
  natsIntake,
  NatsLink,
  NatsMetrics,
  postgresIntake,
  PostgresBus,
  WakeUp,
  type BusContext,
} from '../bus/index.js';
import { SystemClock } from '../clock/index.js';
import { createDataSource, Database } from '../database/index.js';
import { Metrics, Tracer } from '../telemetry/index.js';

/** Numbers that one process writes and publishes in one transaction. */
const TOGETHER = 5;
const PUBLISH_EVERY_MS = 20;

/**
 * A process that publishes numbers, each with a row in `work`, until `work_number` reached the last one, and that handles
 * them, each with a row in `done`. Made to be killed.
 */
async function main(databaseUrl: string, natsServer: string | undefined, last: number): Promise<void> {
  const dataSource = await createDataSource({
    url: databaseUrl,
    entities: [],
    migrations: [],
    poolSize: 8,
  }).initialize();
  const database = new Database(dataSource);
  const ignore = () => undefined;
  const clock = new SystemClock();
  const settings = busSettings({ visibilityMs: 1_000, retry: { baseMs: 50 } });
  const connections = new BusConnections(connectionOf(dataSource), ignore, {
    durable: natsServer !== undefined,
  });
  const wakeUp = new WakeUp(connections.config, ignore);
  await wakeUp.start();
  const all = new Metrics({ defaults: false });
  const metrics = new BusMetrics(all);
  const link = new NatsLink({ servers: [natsServer ?? ''], replicas: 1 }, { say: ignore, warn: ignore });
  const natsMetrics = new NatsMetrics(all, () => link.up !== undefined);
  const ground = { connections, wakeUp, clock, settings, metrics };
  const strategy = new BusTransportStrategy({
    ...{ clock, metrics, tracer: await Tracer.create() },
    intake: natsServer ? natsIntake({ ...ground, link, natsMetrics, replicas: 1 }) : postgresIntake(ground),
    system: natsServer ? 'nats' : 'postgresql',
  });
  const handle = async (event: { data: number }, context: BusContext) => {
    if (event.data % 97 === 0 && context.attempt === 1) throw new Error('the first try of some fails');
    await database.transaction(async (tx) => {
      if (await context.once(tx)) await tx.query('INSERT INTO done VALUES ($1)', [event.data]);
    });
  };
  strategy.addHandler('work', handle, true);
  strategy.listen(ignore);
  if (natsServer) link.start();
  const bus = new PostgresBus(clock, { currentTraceparent: ignore }, wakeUp, settings);
  process.send?.('ready');
  for (let number = 0; number < last; await new Promise((resolve) => setTimeout(resolve, PUBLISH_EVERY_MS)))
    await database.transaction(async (tx) => {
      const rows = await tx.query<{ number: number }>(
        `INSERT INTO work SELECT nextval('work_number') FROM generate_series(1, ${TOGETHER}) RETURNING number`,
      );
      number = Math.max(...rows.map((row) => row.number));
      await bus.publish(
        tx,
        rows.map((row) => ({ type: 'work', data: row.number })),
      );
    });
}

process.on('disconnect', () => process.exit(0));
const { DATABASE_URL: databaseUrl = '', NATS_SERVER: natsServer, LAST: last } = process.env;
await main(databaseUrl, natsServer, Number(last));
