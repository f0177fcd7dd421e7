import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { startNatsServer, type NatsServer } from '../../testing/index.js';
import { StreamedMessages } from './streamed-messages.js';
import { declareTopology } from './topology.js';

describe('messages in the stream', () => {
  let server: NatsServer;
  let connection: NatsConnection;

  beforeAll(async () => {
    server = await startNatsServer();
    connection = await connect({ servers: server.url });
    await declareTopology(connection, ['a'], { replicas: 1, ackWaitMs: 30_000, maxAckPending: 10 });
  });
  afterAll(async () => {
    await connection.close();
    await server.remove();
  });

  const all = async (messages: StreamedMessages) => {
    const found = [];
    for await (const message of messages.list()) found.push(message);
    return found;
  };

  it('are found, of whatever type, and taken out once', async () => {
    const messages = new StreamedMessages({ up: connection });
    expect(await all(messages)).toEqual([]);
    const client = jetstream(connection);
    await client.publish('repartee.a', JSON.stringify({ subject: 's', data: 1 }));
    await client.publish('repartee.connector.x.deliver', JSON.stringify({ data: { address: 'ann' } }));
    await client.publish('repartee.a', 'no JSON');
    await client.publish('repartee.a', JSON.stringify({ data: 2 }));
    const found = await all(messages);
    expect(found.map(({ type, event }) => [type, event.data])).toEqual([
      ['a', 1],
      ['connector.x.deliver', { address: 'ann' }],
      ['a', 2],
    ]);
    const keys = found.slice(0, 2).map(({ key }) => key);
    await messages.remove(keys);
    await messages.remove(keys);
    expect((await all(messages)).map(({ event }) => event.data)).toEqual([2]);
  });

  it('are not said to be none while the server is away', async () => {
    await expect(all(new StreamedMessages({ up: undefined }))).rejects.toThrow('NATS is away');
  });
});
