import { Logger } from '@nestjs/common';
import { describeBus } from '../../testing/bus-contract.js';
import { startNatsServer, type NatsServer } from '../../testing/index.js';
import { natsBusOn } from './testing/nats-bus.js';

let server: NatsServer;

beforeAll(async () => {
  // What fails on purpose need not be told.
  Logger.overrideLogger(false);
  server = await startNatsServer();
});
afterAll(() => server.remove());

describeBus(
  'The bus over NATS JetStream',
  natsBusOn(() => server),
);
