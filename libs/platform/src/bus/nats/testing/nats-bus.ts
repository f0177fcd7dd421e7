import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { NatsConfig } from '../../../config/index.js';
import { Metrics, Tracer } from '../../../telemetry/index.js';
import {
  cutConnections,
  type BusHandler,
  type BusUnderTest,
  type CreateBus,
} from '../../../testing/bus-contract.js';
import { createTestDatabase, type NatsServer } from '../../../testing/index.js';
import {
  BusConnections,
  busEntities,
  BusMetrics,
  busMigrations,
  busSettings,
  BusTransportStrategy,
  connectionOf,
  natsIntake,
  NatsLink,
  NatsMetrics,
  PostgresBus,
  PostgresDeadLetters,
  WakeUp,
} from '../../index.js';
import { STREAM } from '../subjects.js';

const ignore = () => undefined;
/** The bus over a server that runs, as the contract wants it: every call is a database of its own and an empty stream. */
export const natsBusOn =
  (
    server: () => NatsServer,
    reach: () => NatsConfig = () => ({ servers: [`127.0.0.1:${server().port}`], replicas: 1 }),
  ): CreateBus =>
  async (clock, options): Promise<BusUnderTest> => {
    const test = await createTestDatabase({ entities: busEntities, migrations: busMigrations });
    const settings = busSettings(options);
    const tracer = await Tracer.create();
    const wakeUp = new WakeUp(connectionOf(test.dataSource), ignore);
    await wakeUp.start();
    const stops: (() => Promise<void>)[] = [];

    const consume = async (handlers: Record<string, BusHandler>) => {
      const connections = new BusConnections(connectionOf(test.dataSource), ignore, { durable: true });
      const link = new NatsLink(reach(), { say: ignore, warn: ignore });
      const all = new Metrics({ defaults: false });
      const metrics = new BusMetrics(all);
      const natsMetrics = new NatsMetrics(all, () => link.up !== undefined);
      const intake = natsIntake({
        ...{ link, connections, wakeUp, clock, settings, metrics, natsMetrics },
        replicas: reach().replicas,
      });
      const strategy = new BusTransportStrategy({ intake, system: 'nats', clock, metrics, tracer });
      for (const [type, handler] of Object.entries(handlers)) strategy.addHandler(type, handler, true);
      strategy.listen(ignore);
      link.start();
      const stop = async () => {
        await strategy.close();
        await link.stop();
        await connections.close();
      };
      stops.push(stop);
      return {
        stop,
        // A worker that reaches neither server nor database is to both what a dead one is.
        kill: async () => {
          await Promise.all([link.stop(), connections.close()]);
        },
      };
    };

    return {
      database: test.database,
      bus: new PostgresBus(clock, tracer, wakeUp, settings),
      deadLetters: new PostgresDeadLetters(test.database, clock, wakeUp),
      consume,
      disturb: async () => {
        await Promise.all([server().kill(), cutConnections(test.database)]);
        await server().start();
      },
      close: async () => {
        await Promise.all(stops.map((stop) => stop()));
        await wakeUp.stop();
        await test.drop();
        const connection = await connect({ servers: server().url });
        const manager = await jetstreamManager(connection);
        await manager.streams.delete(STREAM).catch(ignore);
        await connection.close();
      },
    };
  };
