import { connect } from '@nats-io/transport-node';
import { startNatsServer } from '../../testing/index.js';
import { Publisher } from './publisher.js';

describe('the publisher', () => {
  it('fails at once, and once, when the connection is no more', async () => {
    const server = await startNatsServer();
    const connection = await connect({ port: server.port });
    const publisher = new Publisher(connection, 50);
    await connection.close();
    const astray: unknown[] = [];
    const note = (reason: unknown) => void astray.push(reason);
    process.on('unhandledRejection', note);
    const message = { subject: 'a', payload: '{}', headers: {} };
    await expect(publisher.publish([message])).rejects.toThrow('closed');
    await new Promise((resolve) => setTimeout(resolve, 200));
    process.off('unhandledRejection', note);
    await server.remove();
    expect(astray).toEqual([]);
  });

  it('says so when nobody stores what it publishes', async () => {
    const server = await startNatsServer();
    const connection = await connect({ port: server.port });
    const message = { subject: 'nobody.listens', payload: '{}', headers: {} };
    await expect(new Publisher(connection, 5000).publish([message])).rejects.toThrow('nobody stores');
    await connection.close();
    await server.remove();
  });
});
