import { Global, Logger, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Clock, SystemClock } from '../clock/index.js';
import { DatabaseModule } from '../database/index.js';
import type { NatsConfig } from '../config/index.js';
import { Logger as PlatformLogger, TelemetryModule } from '../telemetry/index.js';
import { until } from '../testing/bus-contract.js';
import { createTestDatabase, startNatsServer, type NatsServer, type TestDatabase } from '../testing/index.js';
import { busEntities, busMigrations, BusModule, connectBus, Requests } from './index.js';

@Global()
@Module({ providers: [{ provide: Clock, useClass: SystemClock }], exports: [Clock] })
class Time {}

type Answers = Record<string, (data: unknown) => Promise<unknown>>;

describe.each(['PostgreSQL', 'NATS'])('questions over %s', (carrier) => {
  let test: TestDatabase;
  let server: NatsServer | undefined;
  const apps: INestApplication[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    test = await createTestDatabase({ entities: busEntities, migrations: busMigrations });
    if (carrier === 'NATS') server = await startNatsServer();
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await test.drop();
    await server?.remove();
  });

  async function start(answers: Answers = {}): Promise<Requests> {
    const nats: NatsConfig | undefined = server && { servers: [`127.0.0.1:${server.port}`], replicas: 1 };
    @Module({
      imports: [
        Time,
        TelemetryModule.forRoot({ logger: new PlatformLogger({ level: 'silent' }), sampleRatio: 0 }),
        DatabaseModule.forRoot({ url: test.url, entities: busEntities, migrations: busMigrations }),
        BusModule.forRoot({ ...(nats && { nats }) }),
      ],
    })
    class Process {}
    const app = await NestFactory.create(Process, new FastifyAdapter(), { logger: false });
    const requests = app.get(Requests);
    for (const [question, answer] of Object.entries(answers)) requests.answer(question, answer);
    connectBus(app);
    await app.init();
    await app.startAllMicroservices();
    apps.push(app);
    return requests;
  }

  it('are answered by one of those who can, whatever is asked and however long the answer is', async () => {
    const heard: unknown[] = [];
    const echo = async (data: unknown) => (heard.push(data), { heard: data });
    await start({
      echo,
      silly: () => Promise.reject(new Error('no idea')),
      mute: () => new Promise(() => undefined),
    });
    await start({ echo });
    const requests = await start();
    await until(async () => (await requests.request('echo', 'are you there', 1_000)).ok);
    heard.splice(0);

    const texts = ['', 'Ünïcødé 🫖\u0000', 'x'.repeat(50_000)];
    for (const data of texts)
      expect(await requests.request('echo', data, 10_000)).toEqual({ ok: true, value: { heard: data } });
    expect(heard).toEqual(texts);
    const many = await Promise.all(
      Array.from({ length: 50 }, (_, index) => requests.request('echo', index, 10_000)),
    );
    expect(many.map((one) => one.ok && one.value)).toEqual(
      Array.from({ length: 50 }, (_, index) => ({ heard: index })),
    );
    for (const question of ['silly', 'mute', 'nobody'])
      expect(await requests.request(question, {}, 100)).toMatchObject({
        ok: false,
        failure: { code: 'BUS.NO_ANSWER' },
      });
  });

  it('leave nothing behind where nobody takes them', async () => {
    const requests = await start();
    await requests.request('nobody.at.all', { secret: 'tea' }, 50);
    const left = await test.database.query(`SELECT 1 FROM bus_message WHERE event::text LIKE '%tea%'`);
    expect(left).toEqual([]);
  });
});
