import 'reflect-metadata';
import type { ConnectorDefinition } from '@repartee/connector-sdk';
import { FirstKeyIssuer, type FirstKeys } from '@repartee/access';
import { type Clock, loadConfig, Logger } from '@repartee/platform';
import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from '../create-core.js';
import { type Call, caller } from './call.js';

/** The links of a core under test begin with this; {@link RunningCore.follow} goes there. */
export const PUBLIC_URL = 'https://shop.example';

/** Where a core lives: its database, and the folder of its keys. Several cores may share one. */
export interface Place {
  database: TestDatabase;
  dataDir: string;
  remove(): Promise<void>;
}

export interface CoreUnderTest {
  app: NestFastifyApplication;
  url: string;
  keys: FirstKeys;
  database: TestDatabase['database'];
  call: Call;
  /** Follows a link of a message or offer, without following redirects. */
  follow(link: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

export interface CoreUnderTestOptions {
  clock?: Clock;
  environment?: Record<string, string>;
  connectors?: readonly ConnectorDefinition[];
  /** A place of its own unless given; one that was given is left standing. */
  place?: Place;
}

/** An empty database and an empty folder. */
export async function createPlace(): Promise<Place> {
  const database = await createTestDatabase({ entities: [], migrations: [] });
  const dataDir = await mkdtemp(join(tmpdir(), 'repartee-core-'));
  const remove = async () => {
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { database, dataDir, remove };
}

/** A whole core in this process, on a free port, as `main` starts it. Nothing is seeded. */
export async function startCore(options: CoreUnderTestOptions = {}): Promise<CoreUnderTest> {
  const place = options.place ?? (await createPlace());
  const config = loadConfig({
    PORT: '0',
    DATA_DIR: place.dataDir,
    DATABASE_URL: place.database.url,
    REPARTEE_PUBLIC_URL: PUBLIC_URL,
    REPARTEE_SEED: 'none',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    ...options.environment,
  });
  if (!config.ok) throw new Error(config.failure);
  const app = await createCore({
    config: config.value,
    databaseUrl: place.database.url,
    logger: new Logger({ level: config.value.logLevel }),
    clock: options.clock,
    connectors: options.connectors,
  });
  await app.init().catch(async (error: unknown) => {
    await app.close();
    if (!options.place) await place.remove();
    throw error;
  });
  const keys = await app.get(FirstKeyIssuer, { strict: false }).ensureFirstKeys(config.value);
  if (!keys.ok) throw new Error(keys.failure.detail);
  await app.startAllMicroservices();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  return {
    app,
    url,
    keys: keys.value,
    database: place.database.database,
    call: caller(url, keys.value),
    follow: (link, init) => fetch(link.replace(PUBLIC_URL, url), { redirect: 'manual', ...init }),
    stop: async () => {
      await app.close();
      if (!options.place) await place.remove();
    },
  };
}
