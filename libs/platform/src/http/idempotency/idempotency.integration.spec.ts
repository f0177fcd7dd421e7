import {
  Body,
  Controller,
  Injectable,
  Module,
  Post,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { fail, failure } from '@repartee/contracts';
import type { FastifyRequest } from 'fastify';
import type { AddressInfo } from 'node:net';
import { Clock } from '../../clock/index.js';
import { Database } from '../../database/index.js';
import { Logger, TelemetryModule } from '../../telemetry/index.js';
import { createTestDatabase, ManualClock, type TestDatabase } from '../../testing/index.js';
import { CallerIdentity, createHttpApplication, HttpModule, orThrow, RawBody } from '../index.js';
import { IdempotencyStore, idempotencyEntities, idempotencyMigrations } from './index.js';

const HOUR = 3600_000;
const clock = new ManualClock();
const state = { runs: 0, hold: undefined as Promise<void> | undefined };
let db: TestDatabase;
let app: NestFastifyApplication;
let base: string;

type Known = FastifyRequest & { caller?: string };

/** As access does: who calls is known once the guard has run. */
@Injectable()
class CallerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Known>();
    request.caller = request.headers.authorization;
    return request.caller !== 'Bearer revoked';
  }
}

@Injectable()
class GuardedCaller extends CallerIdentity {
  id(request: Known): string | undefined {
    return request.caller;
  }
}

@Controller()
class OrdersController {
  @Post('orders')
  async order(@Body() body: { fail?: string }): Promise<object> {
    state.runs += 1;
    await state.hold;
    if (body.fail === 'ours') throw new Error('broken');
    if (body.fail === 'theirs') orThrow(fail(failure('HTTP.REFUSED', 'no')));
    return { run: state.runs };
  }

  @Post('events')
  @RawBody()
  event(): object {
    state.runs += 1;
    return { run: state.runs };
  }
}

beforeAll(async () => {
  db = await createTestDatabase({ entities: idempotencyEntities, migrations: idempotencyMigrations });
  @Module({
    providers: [
      { provide: Database, useValue: db.database },
      { provide: Clock, useValue: clock },
      { provide: APP_GUARD, useClass: CallerGuard },
      { provide: CallerIdentity, useClass: GuardedCaller },
    ],
    exports: [Database, Clock],
  })
  class Ground {}
  @Module({
    imports: [
      { module: Ground, global: true },
      TelemetryModule.forRoot({ logLevel: 'silent', defaultMetrics: false }),
      HttpModule.forRoot(),
    ],
    controllers: [OrdersController],
  })
  class TestModule {}
  app = await createHttpApplication(TestModule, { logger: new Logger({ level: 'silent' }) });
  await app.listen(0, '127.0.0.1');
  base = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
});

afterAll(async () => {
  await app.close();
  await db.drop();
});

beforeEach(() => Object.assign(state, { runs: 0, hold: undefined }));

async function post(key: string | undefined, body: object, more: { path?: string; caller?: string } = {}) {
  const answer = await fetch(`${base}${more.path ?? '/orders'}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      ...(more.caller !== '' && { authorization: more.caller ?? 'Bearer a' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
  });
  const replayed = answer.headers.get('idempotent-replayed');
  return { status: answer.status, replayed, body: (await answer.json()) as Record<string, unknown>, answer };
}

describe('an idempotency key', () => {
  it('replays the stored answer', async () => {
    const first = await post('k1', { n: 1 });
    const second = await post('k1', { n: 1 });
    expect([first.status, first.body, first.replayed]).toEqual([201, { run: 1 }, null]);
    expect([second.status, second.body, second.replayed]).toEqual([201, { run: 1 }, 'true']);
    expect(second.answer.headers.get('content-type')).toBe(first.answer.headers.get('content-type'));
  });

  it('means nothing where there is none, to another caller, to nobody, and on event routes', async () => {
    await post('k2', { n: 1 });
    await post(undefined, { n: 1 });
    await post('k2', { n: 1 }, { caller: 'Bearer b' });
    await post('k2', { n: 1 }, { caller: '' });
    await post('k2', { n: 1 }, { caller: '' });
    await post('k2', { n: 1 }, { path: '/events' });
    expect((await post('k2', { n: 1 }, { path: '/events' })).body).toEqual({ run: 7 });
  });

  it('is no way around the guards', async () => {
    expect((await post('k1', { n: 1 }, { caller: 'Bearer revoked' })).status).toBe(403);
  });

  it('is refused for another body or address', async () => {
    await post('k3', { n: 1 });
    expect(await post('k3', { n: 2 })).toMatchObject({
      status: 422,
      body: { code: 'HTTP.IDEMPOTENCY_KEY_REUSED' },
    });
    expect((await post('k3', { n: 1 }, { path: '/orders?x=1' })).status).toBe(422);
    expect(state.runs).toBe(1);
  });

  it('is refused while the first request runs', async () => {
    let proceed = (): void => undefined;
    state.hold = new Promise((resolve) => (proceed = resolve));
    const first = post('k4', {});
    while (state.runs === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await post('k4', {});
    expect(second).toMatchObject({ status: 409, body: { code: 'HTTP.IDEMPOTENCY_IN_PROGRESS' } });
    expect(second.answer.headers.get('retry-after')).toBe('1');
    proceed();
    expect((await first).status).toBe(201);
    expect((await post('k4', {})).replayed).toBe('true');
  });

  it('lets only one of many at once through', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('k5', {})));
    expect(state.runs).toBe(1);
    expect(answers.filter((answer) => answer.status === 201 && answer.replayed === null)).toHaveLength(1);
  });

  it('keeps refusals, not failures of ours', async () => {
    expect((await post('k6', { fail: 'theirs' })).status).toBe(422);
    expect(await post('k6', { fail: 'theirs' })).toMatchObject({ status: 422, replayed: 'true' });
    expect((await post('k7', { fail: 'ours' })).status).toBe(500);
    expect(await post('k7', { fail: 'ours' })).toMatchObject({ status: 500, replayed: null });
  });

  it('must be visible ASCII', async () => {
    expect(await post('a b', {})).toMatchObject({
      status: 400,
      body: { code: 'HTTP.INVALID_IDEMPOTENCY_KEY' },
    });
    expect((await post('x'.repeat(256), {})).status).toBe(400);
    expect((await post('x'.repeat(255), {})).status).toBe(201);
  });

  it('is forgotten after 24 hours', async () => {
    await post('k8', { n: 1 });
    clock.advance(24 * HOUR + 1);
    expect(await post('k8', { n: 2 })).toMatchObject({ status: 201, replayed: null });
    expect(await app.get(IdempotencyStore).purge()).toBeGreaterThan(5);
    expect(await db.database.query('SELECT key FROM idempotency_key')).toEqual([{ key: 'k8' }]);
  });
});

describe('a run that dies', () => {
  const print = Buffer.from('fingerprint');

  it('gives its key up with its lease, and cannot store its answer late', async () => {
    const store = app.get(IdempotencyStore);
    const dead = await new IdempotencyStore(db.database, clock).begin('a', 'dead', print);
    if (!dead.ok || !('run' in dead.value)) throw new Error('not begun');
    expect((await store.begin('a', 'dead', print)).ok).toBe(false);
    clock.advance(31_000);
    const next = await store.begin('a', 'dead', print);
    if (!next.ok || !('run' in next.value)) throw new Error('not begun');
    const answer = (text: string) => ({ status: 200, headers: {}, body: Buffer.from(text) });
    await store.complete(dead.value.run, answer('late'));
    await store.complete(next.value.run, answer('good'));
    expect(await store.begin('a', 'dead', print)).toEqual({ ok: true, value: { replay: answer('good') } });
  });

  it('keeps its key while it lives', async () => {
    const store = app.get(IdempotencyStore);
    await store.begin('a', 'long', print);
    for (let time = 0; time < 5; time += 1) {
      clock.advance(20_000);
      await store.renew();
    }
    expect((await store.begin('a', 'long', print)).ok).toBe(false);
  });
});

it('has a table that agrees with its entity', async () => {
  const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
  expect(upQueries.map((query) => query.query)).toEqual([]);
});
