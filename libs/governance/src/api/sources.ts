import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { fail, failure, ok, type FailureDetail, type Result } from '@repartee/contracts';
import { Clock, Database } from '@repartee/platform';
import { DEFAULT_SOURCE, isSourceLate, type SourceTraits, type TrackingPlan } from '../domain/index.js';
import { Revisions } from '../persistence/revisions.js';
import { SourceStore, type SourceFields, type StoredSource } from '../persistence/source-store.js';
import { SchemaCompiler } from './schema-compiler.js';
import { TrackingPlans } from './tracking-plans.js';

/** A source as it is shown. */
export interface Source extends SourceFields {
  version: number;
  /** Silent for longer than expected. */
  late: boolean;
  lastEventAt: string | null;
  createdAt: string;
  updatedAt: string;
}

/** Registered sources: changed here, known in memory everywhere. */
@Injectable()
export class Sources implements OnModuleInit {
  private known: ReadonlyMap<string, StoredSource> = new Map();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SourceStore) private readonly store: SourceStore,
    @Inject(Revisions) private readonly revisions: Revisions,
    @Inject(TrackingPlans) private readonly plans: TrackingPlans,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.revisions.follow('sources', () => this.reload());
  }

  /** How far a source is trusted, and whose data it sends. From memory; defaults for one nobody registered. */
  traitsOf(key: string): SourceTraits {
    return this.known.get(key) ?? DEFAULT_SOURCE;
  }

  /** Registered sources, as they are known in memory. */
  get registered(): Iterable<StoredSource> {
    return this.known.values();
  }

  isRegistered(key: string): boolean {
    return this.known.has(key);
  }

  async list(cursor: string, limit: number): Promise<{ items: Source[]; nextCursor: string | null }> {
    const found = await this.store.page(cursor, limit + 1);
    const page = found.slice(0, limit);
    return {
      items: page.map((source) => this.view(source)),
      nextCursor: found.length > limit ? (page.at(-1)?.key ?? null) : null,
    };
  }

  async get(key: string): Promise<Result<Source>> {
    const source = await this.store.find(key);
    return source ? ok(this.view(source)) : fail(notFound(key));
  }

  async create(fields: SourceFields): Promise<Result<Source>> {
    const refused = refusePlan(fields.trackingPlan);
    if (refused) return refused;
    const added = await this.database.transaction(async (tx) => {
      const done = await this.store.add(tx, fields, this.now());
      if (done) await this.revisions.bump(tx, 'sources');
      return done;
    });
    if (!added) return fail(failure('GOVERNANCE.SOURCE_EXISTS', `There is a source ${fields.key} already.`));
    return this.changed(fields.key);
  }

  /** Replaces a source, if `version` is still the present one. */
  async replace(fields: SourceFields, version: number): Promise<Result<Source>> {
    const refused = refusePlan(fields.trackingPlan);
    if (refused) return refused;
    const done = await this.change(fields.key, (tx) => this.store.replace(tx, fields, version, this.now()));
    return done.ok ? this.changed(fields.key) : done;
  }

  /** Its events stay; from now on it has the defaults of a source that nobody registered. */
  async remove(key: string, version: number): Promise<Result<void>> {
    const done = await this.change(key, (tx) => this.store.remove(tx, key, version));
    if (done.ok) await this.revisions.look();
    return done;
  }

  private async change(
    key: string,
    write: (tx: Parameters<Revisions['bump']>[0]) => Promise<boolean>,
  ): Promise<Result<void>> {
    return this.database.transaction(async (tx): Promise<Result<void>> => {
      if (!(await write(tx))) {
        if (!(await this.store.find(key, tx))) return fail(notFound(key));
        return fail(failure('HTTP.PRECONDITION_FAILED', `The source ${key} has changed meanwhile.`));
      }
      await this.revisions.bump(tx, 'sources');
      return ok(undefined);
    });
  }

  private async changed(key: string): Promise<Result<Source>> {
    await this.revisions.look();
    return this.get(key);
  }

  private async reload(): Promise<void> {
    const sources = await this.store.all();
    this.known = new Map(sources.map((source) => [source.key, source]));
    this.plans.use(
      new Map(sources.flatMap(({ key, trackingPlan }) => (trackingPlan ? [[key, trackingPlan]] : []))),
    );
  }

  private view({ createdAt, updatedAt, lastEventAt, ...source }: StoredSource): Source {
    return {
      ...source,
      late: isSourceLate({ ...source, createdAt, lastEventAt }, this.clock.now()),
      lastEventAt: lastEventAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}

function notFound(key: string) {
  return failure('GOVERNANCE.SOURCE_NOT_FOUND', `No source ${key} is registered.`);
}

/** Compiles every schema of a plan, so that events meet none that cannot be applied. */
function refusePlan(plan: TrackingPlan | null): Result<never> | undefined {
  const compiler = new SchemaCompiler();
  const errors: FailureDetail[] = [];
  for (const [index, { schema }] of (plan?.events ?? []).entries()) {
    const compiled = schema && compiler.compile(schema);
    if (compiled && !compiled.ok) {
      const { pointer, detail } = compiled.failure;
      errors.push({ pointer: `#/trackingPlan/events/${index}/schema${pointer}`, detail });
    }
  }
  if (errors.length === 0) return undefined;
  return fail(
    failure('GOVERNANCE.SCHEMA_REFUSED', 'The tracking plan holds a schema that cannot be used.', {
      errors: errors.slice(0, 50),
    }),
  );
}
