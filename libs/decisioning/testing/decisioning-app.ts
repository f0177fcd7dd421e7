import { Global, Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { accessEntities, accessMigrations, FirstKeyIssuer } from '@repartee/access';
import { fail, failure, ok, type CompiledContent, type Result } from '@repartee/contracts';
import { governanceEntities, governanceMigrations } from '@repartee/governance';
import { identityEntities, identityMigrations } from '@repartee/identity';
import { ingestionEntities, ingestionMigrations } from '@repartee/ingestion';
import { profileEntities, profileMigrations } from '@repartee/profile';
import { experimentsEntities, experimentsMigrations } from '@repartee/experiments';
import { itemsEntities, itemsMigrations } from '@repartee/items';
import { learningEntities, learningMigrations } from '@repartee/learning';
import {
  Clock,
  CONFIG,
  createHttpApplication,
  Database,
  loadConfig,
  Logger,
  Metrics,
} from '@repartee/platform';
import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogueSchema, type CatalogueDocument } from '../src/domain/index.js';
import {
  Catalogue,
  ContentRenderer,
  DecisioningModule,
  decisioningEntities,
  decisioningMigrations,
  type ContentData,
} from '../src/index.js';

/** A channel that fills `{offer}` in, refuses `{`, and fails to render `{broken}`. */
export class BraceRenderer extends ContentRenderer {
  compiled = 0;

  compile(_channel: string, content: Record<string, unknown>): Promise<Result<CompiledContent>> {
    this.compiled += 1;
    const headline = String(content['headline']);
    if (!/^[^{]*(\{\w+\}[^{]*)*$/.test(headline)) {
      const errors = [{ pointer: '#/headline', detail: 'a brace is open', line: 1, column: 3 }];
      return Promise.resolve(
        fail(failure('CATALOGUE.NOT_FOUND', 'the content does not compile', { errors })),
      );
    }
    return Promise.resolve(ok({ headline }));
  }

  render(_channel: string, content: CompiledContent, data: ContentData): Record<string, unknown> {
    const headline = String(content['headline']);
    if (headline.includes('{broken}')) throw new Error('broken');
    return { headline: headline.replace('{offer}', data.offer?.name ?? '') };
  }

  preview(_channel: string, content: CompiledContent) {
    return ok({ content, estimate: null });
  }

  estimate() {
    return null;
  }
}

export interface RunningProcess {
  app: NestFastifyApplication;
  clock: ManualClock;
  renderer: BraceRenderer;
  /** Keys by kind. */
  keys: { write: string; admin: string; server: string };
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T;
  call(
    url: string,
    key?: string,
  ): Promise<{ status: number; headers: Record<string, unknown>; body: Record<string, unknown> }>;
  /** Applies a document as the use case does. */
  apply(document: CatalogueDocument): Promise<number>;
}

export interface Installation {
  database: TestDatabase;
  start(): Promise<RunningProcess>;
  remove(): Promise<void>;
}

/** A database and any number of processes on it. */
export async function install(): Promise<Installation> {
  const database = await createTestDatabase({
    entities: [
      ...governanceEntities,
      ...accessEntities,
      ...ingestionEntities,
      ...identityEntities,
      ...profileEntities,
      ...itemsEntities,
      ...learningEntities,
      ...experimentsEntities,
      ...decisioningEntities,
    ],
    migrations: [
      ...governanceMigrations,
      ...accessMigrations,
      ...ingestionMigrations,
      ...identityMigrations,
      ...profileMigrations,
      ...itemsMigrations,
      ...learningMigrations,
      ...experimentsMigrations,
      ...decisioningMigrations,
    ],
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'decisioning-'));
  const clock = new ManualClock();
  const started: NestFastifyApplication[] = [];
  return {
    database,
    start: async () => {
      const renderer = new BraceRenderer();
      const app = await startApp(database.database, dataDir, clock, renderer);
      started.push(app);
      return running(app, clock, renderer, database.database);
    },
    remove: async () => {
      await Promise.all(started.map((app) => app.close()));
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startApp(database: Database, dataDir: string, clock: Clock, renderer: ContentRenderer) {
  const config = loadConfig({ DATA_DIR: dataDir, REPARTEE_PUBLIC_URL: 'https://hub.example.org' });
  if (!config.ok) throw new Error(config.failure);
  const globals = [
    { provide: Database, useValue: database },
    { provide: Clock, useValue: clock },
    { provide: CONFIG, useValue: config.value },
    { provide: ContentRenderer, useValue: renderer },
    { provide: Metrics, useValue: new Metrics({ defaults: false }) },
  ];
  @Global()
  @Module({ providers: globals, exports: globals })
  class GlobalsModule {}
  @Module({ imports: [GlobalsModule, DecisioningModule] })
  class TestModule {}
  const app = await createHttpApplication(TestModule, { logger: new Logger({ level: 'silent' }) });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

async function running(
  app: NestFastifyApplication,
  clock: ManualClock,
  renderer: BraceRenderer,
  database: Database,
): Promise<RunningProcess> {
  const keys = await app.get(FirstKeyIssuer, { strict: false }).ensureFirstKeys({});
  if (!keys.ok) throw new Error(keys.failure.detail);
  const catalogue = app.get(Catalogue, { strict: false });
  return {
    app,
    clock,
    renderer,
    keys: keys.value,
    get: (token) => app.get(token, { strict: false }),
    call: async (url, key) => {
      const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
      const answer = await app.inject({ method: 'GET', url, headers });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: JSON.parse(answer.body) as Record<string, unknown>,
      };
    },
    apply: (document) =>
      database.transaction(async (tx) => {
        const revision = await catalogue.nextRevision(tx);
        const applied = await catalogue.apply(tx, catalogueSchema.parse(document), revision);
        if (!applied.ok) throw new Error(JSON.stringify(applied.failure));
        return revision;
      }),
  };
}
