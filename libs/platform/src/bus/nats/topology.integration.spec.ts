import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';
import { startNatsServer, type NatsServer } from '../../testing/index.js';
import { STREAM } from './subjects.js';
import { declareTopology } from './topology.js';

const WANTED = { replicas: 1, ackWaitMs: 30_000, maxAckPending: 1_000 };

describe('stream and consumers', () => {
  let server: NatsServer;
  let connection: NatsConnection;
  let manager: JetStreamManager;

  beforeAll(async () => {
    server = await startNatsServer();
    connection = await connect({ servers: server.url });
    manager = await jetstreamManager(connection);
  });
  afterAll(async () => {
    await connection.close();
    await server.remove();
  });

  it('are made once, whoever comes first', async () => {
    const types = ['a.b', 'c'];
    await Promise.all([1, 2, 3].map(() => declareTopology(connection, types, WANTED)));
    await declareTopology(connection, types, WANTED);
    const { config, state } = await manager.streams.info(STREAM);
    expect(config).toMatchObject({ retention: 'workqueue', storage: 'file', num_replicas: 1 });
    expect(config.subjects).toEqual(['repartee.>']);
    expect(state.consumer_count).toBe(2);
    const consumer = await manager.consumers.info(STREAM, 'a_b');
    expect(consumer.config).toMatchObject({
      filter_subject: 'repartee.a.b',
      ack_policy: 'explicit',
      ack_wait: nanos(30_000),
      max_ack_pending: 1_000,
      max_deliver: -1,
    });
  });

  it('follow the settings, and keep their messages', async () => {
    connection.publish('repartee.a.b', 'kept');
    await connection.flush();
    await manager.streams.update(STREAM, { subjects: ['repartee.a.>', 'repartee.c'] });
    await declareTopology(connection, ['a.b'], { ...WANTED, ackWaitMs: 5_000, maxAckPending: 50 });
    const consumer = await manager.consumers.info(STREAM, 'a_b');
    expect(consumer.config).toMatchObject({ ack_wait: nanos(5_000), max_ack_pending: 50 });
    expect(consumer.num_pending).toBe(1);
    expect((await manager.streams.info(STREAM)).config.subjects).toEqual(['repartee.>']);
  });
});
