import {
  BusConnections,
  BusMetrics,
  busSettings,
  BusTransportStrategy,
  connectionOf,
  createDataSource,
  Metrics,
  NatsLink,
  NatsMetrics,
  natsIntake,
  postgresIntake,
  SystemClock,
  Tracer,
  WakeUp,
} from '@repartee/platform';
import { answerQuestions } from '../child.js';

/** A process of the core, as far as the bus is concerned, with a handler that does nothing. */
export interface DispatchQuestion {
  databaseUrl: string;
  /** `host:port`; without it the bus is PostgreSQL alone. */
  nats?: string;
  type: string;
  messages: number;
}

export interface DispatchResult {
  /** From the first message taken out of the outbox to the last one handled. */
  seconds: number;
  processorSeconds: number;
}

const ignore = () => undefined;

async function dispatch(question: DispatchQuestion): Promise<DispatchResult> {
  const dataSource = createDataSource({
    url: question.databaseUrl,
    entities: [],
    migrations: [],
    poolSize: 1,
  });
  const onError = (error: unknown) => void process.stderr.write(`${String(error)}\n`);
  const connections = new BusConnections(connectionOf(dataSource), onError, {
    durable: question.nats !== undefined,
  });
  const wakeUp = new WakeUp(connections.config, onError);
  await wakeUp.start();
  const clock = new SystemClock();
  const settings = busSettings();
  const all = new Metrics({ defaults: false });
  const metrics = new BusMetrics(all);
  const ground = { connections, wakeUp, clock, settings, metrics };
  const link = new NatsLink(
    { servers: [question.nats ?? ''], replicas: 1 },
    { say: ignore, warn: (text) => onError(text) },
  );
  const natsMetrics = new NatsMetrics(all, () => link.up !== undefined);
  const intake =
    question.nats === undefined
      ? postgresIntake(ground)
      : natsIntake({ ...ground, link, natsMetrics, replicas: 1 });
  const system = question.nats === undefined ? 'postgresql' : 'nats';
  const tracer = await Tracer.create();
  const strategy = new BusTransportStrategy({ intake, system, clock, metrics, tracer });
  let handled = 0;
  let done: () => void = ignore;
  const everything = new Promise<void>((resolve) => (done = resolve));
  strategy.addHandler(
    question.type,
    async () => {
      handled += 1;
      if (handled === question.messages) done();
    },
    true,
  );
  const used = process.cpuUsage();
  const started = performance.now();
  strategy.listen(ignore);
  if (question.nats !== undefined) link.start();
  await everything;
  const seconds = (performance.now() - started) / 1000;
  const { user, system: kernel } = process.cpuUsage(used);
  await strategy.close();
  await link.stop();
  await wakeUp.stop();
  await connections.close();
  return { seconds, processorSeconds: (user + kernel) / 1e6 };
}

answerQuestions(dispatch);
