import { Logger } from '@nestjs/common';
import { Tracer, Metrics } from '../telemetry/index.js';
import {
  cutConnections,
  describeBus,
  type BusHandler,
  type BusUnderTest,
  type CreateBus,
} from '../testing/bus-contract.js';
import { createTestDatabase } from '../testing/index.js';
import {
  BusConnections,
  BusMetrics,
  busEntities,
  busMigrations,
  busSettings,
  connectionOf,
  PostgresBus,
  PostgresDeadLetters,
  BusTransportStrategy,
  postgresIntake,
  WakeUp,
} from './index.js';

const ignore = () => undefined;

const createPostgresBus: CreateBus = async (clock, options): Promise<BusUnderTest> => {
  const test = await createTestDatabase({ entities: busEntities, migrations: busMigrations });
  const settings = busSettings(options);
  const tracer = await Tracer.create();
  const wakeUp = new WakeUp(connectionOf(test.dataSource), ignore);
  await wakeUp.start();
  const stops: (() => Promise<void>)[] = [];

  const consume = async (handlers: Record<string, BusHandler>) => {
    const connections = new BusConnections(connectionOf(test.dataSource), ignore);
    const metrics = new BusMetrics(new Metrics({ defaults: false }));
    const intake = postgresIntake({ connections, wakeUp, clock, settings, metrics });
    const strategy = new BusTransportStrategy({ intake, system: 'postgresql', clock, metrics, tracer });
    for (const [type, handler] of Object.entries(handlers)) strategy.addHandler(type, handler, true);
    strategy.listen(ignore);
    const stop = async () => {
      await strategy.close();
      await connections.close();
    };
    stops.push(stop);
    // A worker that can no longer reach the database is to it what a dead one is.
    return { stop, kill: () => connections.close() };
  };

  return {
    database: test.database,
    bus: new PostgresBus(clock, tracer, wakeUp, settings),
    deadLetters: new PostgresDeadLetters(test.database, clock, wakeUp),
    consume,
    disturb: () => cutConnections(test.database),
    close: async () => {
      await Promise.all(stops.map((stop) => stop()));
      await wakeUp.stop();
      await test.drop();
    },
  };
};

// What fails on purpose need not be told.
beforeAll(() => Logger.overrideLogger(false));

describeBus('PostgresBus', createPostgresBus);
