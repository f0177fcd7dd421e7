import { Body, Controller, Get, Global, Module, Post, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  Clock,
  CONFIG,
  createHttpApplication,
  Database,
  Logger,
  loadConfig,
  Metrics,
  Open,
  RawBody,
} from '@repartee/platform';
import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import { governanceEntities, governanceMigrations } from '@repartee/governance';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  accessEntities,
  AccessModule,
  accessMigrations,
  Allow,
  Caller,
  FirstKeyIssuer,
  Keys,
  registerCors,
  registerPeople,
  type FirstKeys,
  type Principal,
} from '../src/index.js';

/** Routes of every kind, to be called by every kind of caller. */
@Controller('v1/things')
export class ThingsController {
  @Get('open')
  @Open('to test open routes')
  open() {
    return { open: true };
  }

  @Get()
  @Allow('public', 'session', 'server')
  who(@Caller() caller: Principal) {
    return caller;
  }

  @Post()
  @Allow('server')
  make(@Caller() caller: Principal) {
    return caller;
  }

  @Post('events')
  @Allow('public', 'server', { scope: 'events:write', writeKeyInBody: true })
  event(@Caller() caller: Principal) {
    return caller;
  }

  @Post('raw')
  @RawBody()
  @Allow('public', 'server', { writeKeyInBody: true })
  raw(@Caller() caller: Principal | undefined, @Body() body: Buffer) {
    return { caller: caller ?? null, raw: Buffer.isBuffer(body) };
  }
}

@Controller('v1/forgotten')
export class ForgottenController {
  @Get()
  forgotten() {
    return { reached: true };
  }
}

export interface AccessApp {
  app: NestFastifyApplication;
  clock: ManualClock;
  keys: Keys;
  first: FirstKeys;
  get<T>(token: Type<T>): T;
  /** Reads a line of the answer's JSON. */
  call(method: string, url: string, options?: CallOptions): Promise<Answer>;
}

export interface CallOptions {
  key?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Of the caller's network. */
  remoteAddress?: string;
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: Record<string, unknown>;
}

export interface Installation {
  database: TestDatabase;
  dataDir: string;
  /** Starts one process of the installation. */
  start(
    given?: { writeKey?: string; apiKey?: string },
    clock?: ManualClock,
    environment?: Record<string, string>,
  ): Promise<AccessApp>;
  remove(): Promise<void>;
}

/** An installation of its own: database, data folder and any number of processes. */
export async function install(): Promise<Installation> {
  const database = await createTestDatabase({
    entities: [...governanceEntities, ...accessEntities],
    migrations: [...governanceMigrations, ...accessMigrations],
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'access-'));
  const started: NestFastifyApplication[] = [];
  return {
    database,
    dataDir,
    start: async (given = {}, clock = new ManualClock(), environment = {}) => {
      const running = await startApp(database.database, clock, { DATA_DIR: dataDir, ...environment });
      started.push(running);
      const first = await running.get(FirstKeyIssuer).ensureFirstKeys(given);
      if (!first.ok) throw new Error(first.failure.detail);
      return { app: running, clock, keys: running.get(Keys), first: first.value, ...callsOf(running) };
    },
    remove: async () => {
      await Promise.all(started.map((app) => app.close()));
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startApp(
  database: Database,
  clock: Clock,
  environment: Record<string, string>,
): Promise<NestFastifyApplication> {
  const config = loadConfig({ REPARTEE_PUBLIC_URL: 'https://hub.example.org', ...environment });
  if (!config.ok) throw new Error(config.failure);
  const globals = [
    { provide: Database, useValue: database },
    { provide: Clock, useValue: clock },
    { provide: CONFIG, useValue: config.value },
    { provide: Metrics, useValue: new Metrics({ defaults: false }) },
  ];
  @Global()
  @Module({ providers: globals, exports: globals })
  class GlobalsModule {}
  @Module({ imports: [GlobalsModule, AccessModule], controllers: [ThingsController, ForgottenController] })
  class TestModule {}
  const app = await createHttpApplication(TestModule, { logger: new Logger({ level: 'silent' }) });
  registerCors(app);
  registerPeople(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

function callsOf(app: NestFastifyApplication): Pick<AccessApp, 'get' | 'call'> {
  return {
    get: (token) => app.get(token, { strict: false }),
    call: async (method, url, { key, headers = {}, body, remoteAddress } = {}) => {
      const answer = await app.inject({
        method: method as 'GET',
        url,
        headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers },
        ...(body !== undefined && { payload: body as object }),
        ...(remoteAddress !== undefined && { remoteAddress }),
      });
      const json = answer.body.startsWith('{') ? (JSON.parse(answer.body) as Record<string, unknown>) : {};
      return { status: answer.statusCode, headers: answer.headers, body: json };
    },
  };
}
