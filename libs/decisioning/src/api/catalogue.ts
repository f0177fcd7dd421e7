import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { fail, ok, type CompiledContent, type Result } from '@repartee/contracts';
import { Recommendations } from '@repartee/items';
import { Clock, type Transaction } from '@repartee/platform';
import type { RuleTypes } from '@repartee/profile/domain';
import {
  BY_ITSELF,
  catalogueSchema,
  guardOffers,
  issuesOf,
  phasesOf,
  planCatalogue,
  wantsApproval,
  type CatalogueEntries,
  type CataloguePlan,
  type CatalogueSection,
  type CatalogueSnapshot,
  type EntryRef,
  type Issue,
  type Writing,
} from '../domain/index.js';
import { CatalogueStore } from '../persistence/index.js';
import { CatalogueCompiler, type Snapshots } from './catalogue-compiler.js';
import { emptySnapshot } from './empty-snapshot.js';
import { ContentRenderer } from './content-renderer.js';
import { SnapshotTimeline } from './snapshot-timeline.js';

const POLL_MS = 1000;
/** Catalogues of the past that are kept at hand. */
const MAX_PAST = 8;

/** How a section is written. */
export interface WriteOptions {
  /** What rules may read, of those stored too. */
  ruleTypes?: RuleTypes | undefined;
  /** What goes. */
  removed?: readonly EntryRef[];
  writing?: Writing;
}

/** Who writes it; null: only whether it would fit is asked. */
export type CheckOptions = Omit<WriteOptions, 'writing'> & { writing?: Writing | null };

/**
 * The catalogue: kept in the database, decided from in memory. A decision takes the snapshot once and works on it to its end;
 * a new configuration is a new snapshot, put in place at once after its commit, in other processes within about a second.
 * What is scheduled is ready beforehand, and in force in all processes at its moment.
 */
@Injectable()
export class Catalogue implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(Catalogue.name);
  private readonly compiler: CatalogueCompiler;
  private readonly timeline = new SnapshotTimeline(emptySnapshot());
  private readonly now: () => number;
  /** By revision; whoever asks for one of the past asks for many decisions of it. */
  private readonly past = new Map<number, Promise<Snapshots>>();
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
    readonly items: Recommendations,
  ) {
    this.compiler = new CatalogueCompiler(renderer);
    this.now = () => clock.now();
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
    return this.timeline.at(this.now);
  }

  /** What is in force at a moment that is now: what a decision takes that notes the moment, so that it can be taken again. */
  inForce(now: number): CatalogueSnapshot {
    return this.timeline.at(() => now);
  }

  /** The compiled content of a treatment, for channels that render when they send. */
  contentOf(treatment: string): CompiledContent | undefined {
    return this.snapshot.treatments.get(treatment)?.content;
  }

  /** Whether changes of an offer want a second person's yes. */
  async wantsApproval(offer: string): Promise<boolean> {
    return wantsApproval(await this.stored(), offer);
  }

  /** Checks a section against itself, what is stored and the channels. Pointers start at the section. */
  async validate(
    section: unknown,
    { ruleTypes, removed = [], writing = BY_ITSELF }: CheckOptions = {},
  ): Promise<Result<CatalogueSection, Issue[]>> {
    const parsed = catalogueSchema.safeParse(section);
    if (!parsed.success) return fail(issuesOf(parsed.error));
    const stored = await this.stored();
    const guarded = writing
      ? guardOffers(stored, parsed.data, removed, writing)
      : { section: parsed.data, issues: [] };
    const written = { section: guarded.section, removed };
    const compiled = await this.compiler.written(stored, written, {
      now: this.now(),
      revision: 0,
      ruleTypes,
    });
    const issues = [...guarded.issues, ...(compiled.ok ? [] : compiled.failure)];
    return issues.length === 0 ? ok(parsed.data) : fail(issues);
  }

  /** The catalogue as it would be now with the section, by the same checks. Nothing is put in force, so nobody need say yes. */
  async foresee(
    section: unknown,
    { ruleTypes, removed = [] }: CheckOptions,
  ): Promise<Result<CatalogueSnapshot, Issue[]>> {
    const parsed = catalogueSchema.safeParse(section);
    if (!parsed.success) return fail(issuesOf(parsed.error));
    const now = this.now();
    const compiled = await this.compiler.written(
      await this.stored(),
      { section: parsed.data, removed },
      { now, revision: this.snapshot.revision, ruleTypes },
    );
    return compiled.ok
      ? ok(compiled.value.findLast(({ from }) => from <= now) ?? compiled.value[0])
      : compiled;
  }

  /** What applying the section would change. */
  async plan(section: CatalogueSection): Promise<CataloguePlan> {
    const stored = await this.stored();
    return planCatalogue(stored, guardOffers(stored, section, [], BY_ITSELF).section);
  }

  /**
   * Opens the next configuration revision in the caller's transaction; one configuration is applied after the other.
   * @param by who applies it
   */
  nextRevision(tx: Transaction, by?: string): Promise<number> {
    return this.store.nextRevision(tx, this.clock.now(), by);
  }

  /**
   * Writes the section as part of `revision`; decisions follow it once the transaction has committed. Checks again, for
   * another configuration may have come in between: on a failure nothing is written, and the caller rolls back.
   */
  async apply(
    tx: Transaction,
    section: CatalogueSection,
    revision: number,
    { removed = [], writing = BY_ITSELF }: WriteOptions = {},
  ): Promise<Result<CataloguePlan, Issue[]>> {
    const now = this.now();
    const stored = await this.stored(tx);
    const guarded = guardOffers(stored, section, removed, writing);
    if (guarded.issues.length > 0) return fail(guarded.issues);
    const written = { section: guarded.section, removed };
    const compiled = await this.compiler.written(stored, written, { now, revision });
    if (!compiled.ok) return compiled;
    const plan = planCatalogue(stored, guarded.section, removed);
    const changed = [...plan.created, ...plan.updated];
    await this.store.write(tx, guarded.section, changed, plan.removed, { revision, now });
    tx.afterCommit(() => this.install(compiled.value));
    return ok(plan);
  }

  /** The catalogue as it was in force by that revision at a moment (milliseconds), of the past too. */
  async at(revision: number, moment: number): Promise<CatalogueSnapshot> {
    const present = this.timeline.recall(revision, moment);
    if (present) return present;
    const snapshots = await this.revisionOf(revision);
    return snapshots.findLast(({ from }) => from <= moment) ?? snapshots[0];
  }

  /** Takes over what another process has applied, if it has. */
  async refresh(): Promise<void> {
    if ((await this.store.revision()) > this.seen) await this.reload();
  }

  /** What is stored, as it is in force now. */
  private async stored(tx?: Transaction): Promise<CatalogueEntries> {
    const [present] = phasesOf((await this.store.load(tx)).entries, this.now());
    return present.entries;
  }

  private revisionOf(revision: number): Promise<Snapshots> {
    const held = this.past.get(revision);
    if (held) return held;
    const found = this.restore(revision);
    this.past.set(revision, found);
    found.catch(() => this.past.delete(revision));
    for (const oldest of this.past.keys()) if (this.past.size > MAX_PAST) this.past.delete(oldest);
    return found;
  }

  private async restore(revision: number): Promise<Snapshots> {
    const { compiled } = await this.compiler.stored(await this.store.loadAt(revision), -Infinity);
    if (!compiled.ok) throw new Error(`catalogue ${revision} can no longer be compiled`);
    return compiled.value;
  }

  private async reload(): Promise<void> {
    const stored = await this.store.load();
    const { compiled, wrong } = await this.compiler.stored(stored, this.now());
    for (const { pointer, message } of wrong)
      this.logger.error(`catalogue ${stored.revision}: ${pointer}: ${message}`);
    if (compiled.ok) this.install(compiled.value);
    this.seen = Math.max(this.seen, stored.revision);
  }

  private install(snapshots: Snapshots): void {
    this.seen = Math.max(this.seen, snapshots[0].revision);
    this.timeline.install(snapshots);
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
