import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { fail, ok, type CompiledContent, type Result } from '@repartee/contracts';
import { ItemShelf } from '@repartee/items';
import { Clock, type Transaction } from '@repartee/platform';
import type { RuleTypes } from '@repartee/profile/domain';
import {
  catalogueSchema,
  compileCatalogue,
  issuesOf,
  mergeCatalogue,
  planCatalogue,
  type CataloguePlan,
  type CatalogueSection,
  type CatalogueSnapshot,
  type EntryRef,
  type Issue,
} from '../domain/index.js';
import { CatalogueStore, type StoredCatalogue } from '../persistence/index.js';
import { ContentCompiler } from './content-compiler.js';
import { ContentRenderer } from './content-renderer.js';

const POLL_MS = 1000;
/** Catalogues of the past that are kept at hand. */
const MAX_PAST = 8;

/**
 * The catalogue: kept in the database, decided from in memory. A decision takes the snapshot once and works on it to its end;
 * a new configuration is a new snapshot, put in place at once after its commit, in other processes within about a second.
 */
@Injectable()
export class Catalogue implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(Catalogue.name);
  private readonly compiler: ContentCompiler;
  private current: CatalogueSnapshot;
  /** By revision; whoever asks for one of the past asks for many decisions of it. */
  private readonly past = new Map<number, Promise<CatalogueSnapshot>>();
  /** The newest revision that was looked at, whether or not it could be put in place. */
  private seen = 0;
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly store: CatalogueStore,
    private readonly clock: Clock,
    renderer: ContentRenderer,
    /** What there is of the items that offers speak of. */
    readonly items: ItemShelf,
  ) {
    this.compiler = new ContentCompiler(renderer);
    this.current = emptySnapshot();
  }

  async onModuleInit(): Promise<void> {
    await this.reload();
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.polling;
  }

  get snapshot(): CatalogueSnapshot {
    return this.current;
  }

  /** The compiled content of a treatment, for channels that render when they send. */
  contentOf(treatment: string): CompiledContent | undefined {
    return this.current.treatments.get(treatment)?.content;
  }

  /**
   * Checks a section against itself, what is stored and the channels. Pointers start at the section.
   * @param ruleTypes what rules may read, of those stored too
   * @param removed what goes
   */
  async validate(
    section: unknown,
    ruleTypes?: RuleTypes,
    removed: readonly EntryRef[] = [],
  ): Promise<Result<CatalogueSection, Issue[]>> {
    const parsed = catalogueSchema.safeParse(section);
    if (!parsed.success) return fail(issuesOf(parsed.error));
    const compiled = await this.compile(
      await this.store.load(),
      { section: parsed.data, removed },
      0,
      ruleTypes,
    );
    return compiled.ok ? ok(parsed.data) : compiled;
  }

  /** What applying the section would change. */
  async plan(section: CatalogueSection): Promise<CataloguePlan> {
    return planCatalogue((await this.store.load()).entries, section);
  }

  /** Opens the next configuration revision in the caller's transaction; one configuration is applied after the other. */
  nextRevision(tx: Transaction): Promise<number> {
    return this.store.nextRevision(tx, this.clock.now());
  }

  /**
   * Writes the section as part of `revision`; decisions follow it once the transaction has committed. Checks again, for
   * another configuration may have come in between: on a failure nothing is written, and the caller rolls back.
   */
  async apply(
    tx: Transaction,
    section: CatalogueSection,
    revision: number,
    removed: readonly EntryRef[] = [],
  ): Promise<Result<CataloguePlan, Issue[]>> {
    const stored = await this.store.load(tx);
    const compiled = await this.compile(stored, { section, removed }, revision);
    if (!compiled.ok) return compiled;
    const plan = planCatalogue(stored.entries, section, removed);
    const changed = [...plan.created, ...plan.updated];
    await this.store.write(tx, section, changed, plan.removed, { revision, now: this.clock.now() });
    tx.afterCommit(() => this.install(compiled.value));
    return ok(plan);
  }

  /** The catalogue as that revision left it, of the past too. */
  at(revision: number): Promise<CatalogueSnapshot> {
    if (revision === this.current.revision) return Promise.resolve(this.current);
    const held = this.past.get(revision);
    if (held) return held;
    const found = this.restore(revision);
    this.past.set(revision, found);
    found.catch(() => this.past.delete(revision));
    for (const oldest of this.past.keys()) if (this.past.size > MAX_PAST) this.past.delete(oldest);
    return found;
  }

  /** Takes over what another process has applied, if it has. */
  async refresh(): Promise<void> {
    if ((await this.store.revision()) > this.seen) await this.reload();
  }

  private async compile(
    stored: StoredCatalogue,
    { section, removed }: { section: CatalogueSection; removed: readonly EntryRef[] },
    revision: number,
    ruleTypes?: RuleTypes,
  ) {
    const { entries, pointerOf, isNamed } = mergeCatalogue(stored.entries, section, removed);
    const { compiledContent, issues } = await this.compiler.compile(entries, pointerOf);
    if (issues.length === 0)
      return compileCatalogue(entries, {
        compiledContent,
        revision,
        pointerOf,
        isNamed,
        ...(ruleTypes && { ruleTypes }),
      });
    return fail(issues);
  }

  private async restore(revision: number): Promise<CatalogueSnapshot> {
    const { compiled } = await this.compileStored(await this.store.loadAt(revision));
    if (!compiled.ok) throw new Error(`catalogue ${revision} can no longer be compiled`);
    return compiled.value;
  }

  private async reload(): Promise<void> {
    const stored = await this.store.load();
    const { compiled, wrong } = await this.compileStored(stored);
    for (const { pointer, message } of wrong)
      this.logger.error(`catalogue ${stored.revision}: ${pointer}: ${message}`);
    if (compiled.ok) this.install(compiled.value);
    this.seen = Math.max(this.seen, stored.revision);
  }

  /** What is stored was checked once; should a channel refuse its content today, the rest of the catalogue still serves. */
  private async compileStored({ revision, entries }: StoredCatalogue) {
    const { compiledContent, issues } = await this.compiler.compile(entries, ({ key }) => `#/${key}`);
    const served = {
      ...entries,
      treatments: entries.treatments.filter(({ key }) => compiledContent.treatments.has(key)),
      zones: entries.zones.map((zone) =>
        compiledContent.fallbacks.has(zone.key) ? zone : { ...zone, fallback: undefined },
      ),
    };
    const compiled = compileCatalogue(served, { compiledContent, revision });
    return { compiled, wrong: compiled.ok ? issues : [...issues, ...compiled.failure] };
  }

  private install(snapshot: CatalogueSnapshot): void {
    this.seen = Math.max(this.seen, snapshot.revision);
    if (snapshot.revision > this.current.revision) this.current = snapshot;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.polling = this.poll();
    }, POLL_MS);
    this.timer.unref();
  }

  private async poll(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      this.logger.warn(
        `the catalogue could not be refreshed: ${error instanceof Error ? error.message : 'unknown'}`,
      );
    }
    this.schedule();
  }
}

function emptySnapshot(): CatalogueSnapshot {
  const compiledContent = { treatments: new Map(), fallbacks: new Map() };
  const compiled = compileCatalogue(catalogueSchema.parse({}), { compiledContent });
  if (!compiled.ok) throw new Error('an empty catalogue is always right');
  return compiled.value;
}
