import { Controller, Global, Logger, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { CloudEvent } from '@repartee/contracts';
import { lastValueFrom, throwError } from 'rxjs';
import { Clock, SystemClock } from '../clock/index.js';
import { Database } from '../database/index.js';
import { HealthChecks } from '../http/index.js';
import { Metrics, TelemetryModule, Tracer } from '../telemetry/index.js';
import { until } from '../testing/bus-contract.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import {
  Bus,
  BusContext,
  busEntities,
  busMigrations,
  BusModule,
  connectBus,
  DeadLetters,
  PermanentFailure,
  PostgresClientProxy,
} from './index.js';

class Log {
  readonly lines: string[] = [];
}

@Controller()
class Orders {
  constructor(
    private readonly log: Log,
    private readonly tracer: Tracer,
  ) {}

  @EventPattern<string>('order.placed')
  async first(@Payload() event: CloudEvent<string>, @Ctx() context: BusContext): Promise<void> {
    this.log.lines.push(`first begins ${event.data}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    this.log.lines.push(`first ends, try ${context.attempt}, aborted ${context.signal.aborted}`);
  }

  @EventPattern<string>('order.traced')
  traced(): void {
    this.log.lines.push(`trace ${this.tracer.currentTraceId()}`);
  }

  @EventPattern<string>('order.refused')
  refused(): void {
    throw new PermanentFailure('out of stock');
  }

  @EventPattern<string>('order.streamed')
  streamed() {
    return throwError(() => new RangeError('in the stream'));
  }
}

@Controller()
class Mailer {
  constructor(private readonly log: Log) {}

  @EventPattern<string>('order.placed')
  async second(@Payload() event: CloudEvent<string>): Promise<void> {
    this.log.lines.push(`second ${event.data}`);
  }
}

@Controller()
class Asker {
  @MessagePattern('question')
  answer(): number {
    return 42;
  }
}

jest.setTimeout(30_000);

describe('the bus in a Nest application', () => {
  let test: TestDatabase;
  let app: INestApplication;

  const start = async (controllers: (new (...args: never[]) => object)[]) => {
    @Global()
    @Module({
      providers: [
        Log,
        HealthChecks,
        { provide: Clock, useClass: SystemClock },
        { provide: Database, useValue: test.database },
      ],
      exports: [Log, HealthChecks, Clock, Database],
    })
    class Ground {}

    @Module({
      imports: [
        Ground,
        TelemetryModule.forRoot({ logLevel: 'silent', defaultMetrics: false }),
        BusModule.forRoot({ retry: { maxAttempts: 2, baseMs: 10 } }),
      ],
      controllers,
    })
    class App {}

    app = await NestFactory.create(App, new FastifyAdapter(), { logger: false });
    connectBus(app);
    await app.startAllMicroservices();
    await app.init();
  };

  const emit = (type: string, data: unknown) =>
    lastValueFrom(app.get(PostgresClientProxy).emit(type, data), { defaultValue: undefined });

  beforeAll(() => Logger.overrideLogger(false));

  beforeEach(async () => {
    test = await createTestDatabase({ entities: busEntities, migrations: busMigrations });
  });

  afterEach(async () => {
    await app.close();
    await test.drop();
  });

  it('runs the handlers of a pattern one after another', async () => {
    await start([Orders, Mailer]);
    const { lines } = app.get(Log);
    await emit('order.placed', 'A1');
    await until(() => lines.length === 3);
    expect(lines).toEqual(['first begins A1', 'first ends, try 1, aborted false', 'second A1']);
  });

  it('runs a handler in the trace of who published', async () => {
    await start([Orders]);
    const { lines } = app.get(Log);
    const tracer = app.get(Tracer);
    const traceId = await tracer.span('request', {}, async () => {
      await test.database.transaction((tx) => app.get(Bus).publish(tx, [{ type: 'order.traced', data: 1 }]));
      return tracer.currentTraceId();
    });
    await until(() => lines.length === 1);
    expect(lines).toEqual([`trace ${traceId}`]);
  });

  it('keeps what handlers threw as the reason of a dead letter, and counts it', async () => {
    await start([Orders]);
    await emit('order.refused', 1);
    await emit('order.streamed', 1);
    const letters = async () => {
      const page = await app.get(DeadLetters).list();
      return page.ok ? page.value.items : [];
    };
    await until(async () => (await letters()).length === 2);
    const reasons = (await letters()).map(({ type, cause, reason, attempts }) => ({
      type,
      cause,
      reason,
      attempts,
    }));
    expect(reasons).toEqual(
      expect.arrayContaining([
        { type: 'order.refused', cause: 'permanent', reason: 'out of stock', attempts: 1 },
        { type: 'order.streamed', cause: 'exhausted', reason: 'RangeError: in the stream', attempts: 2 },
      ]),
    );
    const text = await app.get(Metrics).text();
    expect(text).toContain('repartee_bus_dead_letters_total{type="order.refused",cause="permanent"} 1');
    expect(text).toContain('repartee_bus_retries_total{type="order.streamed"} 1');
    expect(text).toContain('repartee_bus_claims_total{type="order.streamed"} 2');
  });

  it('is part of what makes the process ready', async () => {
    await start([Orders]);
    expect(await app.get(HealthChecks).report()).toEqual({
      status: 'ok',
      checks: { bus: { status: 'ok', critical: true, detail: 'PostgreSQL' } },
    });
  });

  it('refuses questions on both sides', async () => {
    await start([Orders]);
    const question = lastValueFrom(app.get(PostgresClientProxy).send('question', 1));
    await expect(question).rejects.toThrow('no replies');
    await app.close();
    await expect(start([Asker])).rejects.toThrow('"question" needs @EventPattern');
  });
});
