import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { createServer, type AddressInfo } from 'node:net';
import { BusSubject, until } from '../../testing/bus-contract.js';
import { startNatsServer, type NatsServer } from '../../testing/index.js';
import { STREAM } from './subjects.js';
import { natsBusOn } from './testing/nats-bus.js';

jest.setTimeout(120_000);

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

describe('a cluster of three servers', () => {
  let servers: NatsServer[] = [];
  const subject = new BusSubject(
    natsBusOn(
      () => servers[0]!,
      () => ({ servers: servers.map(({ port }) => `127.0.0.1:${port}`), replicas: 3 }),
    ),
  );

  beforeAll(async () => {
    Logger.overrideLogger(false);
    const ports = await freePorts(3);
    const routes = ports.map((port) => `nats://127.0.0.1:${port}`).join(',');
    servers = await Promise.all(
      ports.map((port, index) =>
        startNatsServer([
          ...['--name', `s${index}`, '--cluster_name', 'test'],
          ...['--cluster', `nats://127.0.0.1:${port}`, '--routes', routes],
        ]),
      ),
    );
  });
  afterAll(() => Promise.all(servers.map((server) => server.remove())));
  beforeEach(() => subject.create());
  afterEach(() => subject.close());

  it('keeps each message three times, and goes on without any one of them', async () => {
    await subject.database.query('CREATE TABLE done (number int NOT NULL)');
    const worker = () =>
      subject.consume({
        a: (event, context) =>
          subject.database.transaction(async (tx) => {
            if (await context.once(tx)) await tx.query('INSERT INTO done VALUES ($1)', [event.data]);
          }),
      });
    await worker();
    await worker();
    const done = async () =>
      (await subject.database.query<{ number: number }>('SELECT number FROM done')).map(
        ({ number }) => number,
      );
    const publish = (from: number) =>
      subject.publish('a', ...Array.from({ length: 100 }, (_, index) => from + index));

    await publish(0);
    await until(async () => (await done()).length === 100, { withinMs: 60_000 });
    const connection = await connect({ servers: servers.map(({ url }) => url) });
    const { config } = await (await jetstreamManager(connection)).streams.info(STREAM);
    await connection.close();
    expect(config.num_replicas).toBe(3);

    for (const [index, server] of servers.entries()) {
      const from = 100 * (index + 1);
      await publish(from);
      await server.kill();
      await until(async () => (await done()).length === from + 100, { withinMs: 60_000, everyMs: 50 });
      await server.start();
      // Two must be there before the next one goes.
      await until(() => streamIsWhole(), { withinMs: 60_000, everyMs: 100 });
    }
    expect(new Set(await done()).size).toBe(400);
  });

  const streamIsWhole = async () => {
    const connection = await connect({ servers: servers.map(({ url }) => url) }).catch(() => undefined);
    if (!connection) return false;
    try {
      const { cluster } = await (await jetstreamManager(connection)).streams.info(STREAM);
      const replicas = cluster?.replicas ?? [];
      return Boolean(cluster?.leader) && replicas.length === 2 && replicas.every(({ current }) => current);
    } catch {
      return false;
    } finally {
      await connection.close();
    }
  };
});
