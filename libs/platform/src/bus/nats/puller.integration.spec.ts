import { connect } from '@nats-io/transport-node';
import { startNatsServer } from '../../testing/index.js';
import { Puller } from './puller.js';

describe('a puller', () => {
  it('asks nothing of a connection that was closed for good, whoever reminds it', async () => {
    const server = await startNatsServer();
    try {
      const connection = await connect({ servers: [`127.0.0.1:${server.port}`] });
      const puller = new Puller(
        connection,
        'any',
        () => 10,
        () => undefined,
      );
      puller.refill();
      await connection.close();
      // As its own timer does: what it throws there would end the process.
      expect(() => puller.restart()).not.toThrow();
      expect(() => puller.refill()).not.toThrow();
      await puller.stop();
    } finally {
      await server.remove();
    }
  });
});
