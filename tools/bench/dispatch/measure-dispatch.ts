import {
  busEntities,
  busMigrations,
  createDataSource,
  Database,
  migrate,
  PostgresBus,
  startNatsServer,
  SystemClock,
  WakeUp,
  connectionOf,
} from '@repartee/platform';
import type { Bench } from '../bench.js';
import { Child, scriptBeside } from '../child.js';
import type { Round } from '../figures.js';
import { pin } from '../placement.js';
import type { DispatchQuestion, DispatchResult } from './worker.js';

const TYPE = 'connector.noop.deliver';
const IN_ONE_TRANSACTION = 1_000;
const ignore = () => undefined;

/** Actions from the outbox to a handler that does nothing, over either bus, in turn. */
export async function measureDispatch(bench: Bench, databaseUrl: string): Promise<void> {
  const dataSource = await createDataSource({
    url: databaseUrl,
    entities: busEntities,
    migrations: busMigrations,
    poolSize: 4,
  }).initialize();
  await migrate(dataSource);
  const nats = await startNatsServer();
  try {
    pin(nats.pid() ?? 0, bench.placement.generator);
    const rounds: { nats: Round[]; postgres: Round[] } = { nats: [], postgres: [] };
    for (let round = 0; round < bench.plan.rounds; round += 1)
      for (const over of ['postgres', 'nats'] as const) {
        await fill(new Database(dataSource), connectionOf(dataSource), bench.plan.actions);
        const question = {
          databaseUrl,
          type: TYPE,
          messages: bench.plan.actions,
          ...(over === 'nats' && { nats: `127.0.0.1:${nats.port}` }),
        };
        const { seconds, processorSeconds } = await ask(bench, question);
        const rate = bench.plan.actions / seconds;
        rounds[over].push({ rate });
        bench.progress(
          `  round ${round + 1} over ${over}: ${Math.round(rate)} actions/s, worker ${Math.round((100 * processorSeconds) / seconds)} % busy`,
        );
      }
    const unit = 'actions/s';
    const note = 'from the outbox to a handler that does nothing, one process';
    const goal = { atLeast: 10_000 };
    bench.record(
      { key: 'dispatch nats', title: 'Dispatch over NATS JetStream', unit, goal },
      rounds.nats,
      note,
    );
    bench.record(
      { key: 'dispatch postgres', title: 'Dispatch over PostgreSQL', unit },
      rounds.postgres,
      note,
    );
  } finally {
    await nats.remove();
    await dataSource.destroy();
  }
}

async function ask(bench: Bench, question: DispatchQuestion): Promise<DispatchResult> {
  const worker = await Child.start(scriptBeside(import.meta.url, './worker.js'), bench.placement.server);
  try {
    return await worker.ask<DispatchResult>(question);
  } finally {
    await worker.stop();
  }
}

/** Publishes as the product does, with what an action holds: who, what and where. */
async function fill(
  database: Database,
  connection: ReturnType<typeof connectionOf>,
  count: number,
): Promise<void> {
  const wakeUp = new WakeUp(connection, ignore);
  const bus = new PostgresBus(new SystemClock(), { currentTraceparent: () => undefined }, wakeUp, {
    source: '/bench',
  });
  for (let from = 0; from < count; from += IN_ONE_TRANSACTION)
    await database.transaction((tx) =>
      bus.publish(
        tx,
        Array.from({ length: Math.min(IN_ONE_TRANSACTION, count - from) }, (_, index) => ({
          type: TYPE,
          subject: `attempt-${from + index}`,
          data: action(from + index),
        })),
      ),
    );
}

function action(number: number): object {
  return {
    attemptId: `attempt-${number}`,
    deliveryId: `delivery-${number}`,
    channel: 'noop',
    address: `person-${number}@example.org`,
    deadline: '2030-01-01T00:00:00.000Z',
    content: { subject: 'Fresh beans for you', html: `<p>${'Come and taste. '.repeat(24)}</p>` },
    links: { click: `https://shop.example/r/${number}`, unsubscribe: `https://shop.example/u/${number}` },
  };
}
