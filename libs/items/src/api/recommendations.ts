import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, Database, Housekeeping, type Transaction } from '@repartee/platform';
import {
  type Companion,
  type Counter,
  counters,
  DEFAULT_SETTINGS,
  halfLivesOf,
  recommend,
  type RecommendationSettings,
  type Shelf,
  shiftOf,
  type Signal,
  Statistics,
  type Wanted,
} from '../domain/index.js';
import { type CountChange, type CountedItem, RecommendationStore } from '../persistence/index.js';
import { ItemShelf } from './item-shelf.js';

/** Milliseconds between looks for what is to be counted, and for what was. */
const LOOK = 1000;
/** Counted items read at once: few, for each has many companions, and decisions do not wait. */
const PAGE = 300;
const HOURS = 6 * 3_600_000;
/** A count below this is as good as none. */
const FORGOTTEN = 0.02;
/** Of each item so many pairs are kept. */
const MOST_PAIRS = 500;
const START: CountChange = { revision: 0, counter: 'popularity', item: '' };

/** Settings as they are read. */
export interface SettingsView {
  settings: RecommendationSettings;
  version: number;
}

/**
 * Which items to recommend. What happens is noted with the events' own transaction, added up by one of the processes a
 * moment later, and held in memory by each: a decision asks no database.
 */
@Injectable()
export class Recommendations implements OnModuleInit {
  private readonly statistics = new Statistics(halfLivesOf(DEFAULT_SETTINGS));
  private settingsVersion = 0;
  private seen = START;

  constructor(
    @Inject(RecommendationStore) private readonly store: RecommendationStore,
    @Inject(ItemShelf) private readonly items: ItemShelf,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.housekeeping.every(LOOK, 'counting what people do with items', () => this.run());
    this.housekeeping.every(HOURS, 'forgetting old counts of items', () => this.forget());
  }

  /** How far what was counted is known here. */
  get revision(): number {
    return this.seen.revision;
  }

  /** The items there are. */
  get shelf(): Shelf {
    return this.items.shelf;
  }

  /** Items for a person, best first. */
  recommend(wanted: Wanted): string[] {
    return recommend(this.shelf, this.statistics, wanted);
  }

  /** Notes what is to be counted; counts if the transaction commits. */
  async note(tx: Transaction, signals: readonly Signal[]): Promise<void> {
    // Who tells no items asks for no recommendations.
    if (signals.length > 0 && this.shelf.size > 0) await this.store.note(tx, signals);
  }

  /** Adds up what was noted, and follows what was added up. */
  async run(): Promise<void> {
    while (await this.store.addUp());
    await this.refresh();
  }

  async settings(): Promise<SettingsView> {
    const { settings, version } = await this.store.state();
    return { settings, version };
  }

  /** Replaces the settings of which the caller has seen `version`. */
  async change(settings: RecommendationSettings, version: number): Promise<Result<SettingsView>> {
    const done = await this.database.transaction(async (tx): Promise<Result<SettingsView>> => {
      const held = await this.store.hold(tx);
      if (held.version !== version)
        return fail(failure('HTTP.PRECONDITION_FAILED', `The present version is "${held.version}".`));
      await this.store.change(tx, held, settings, this.shifts(held.settings, settings));
      return ok({ settings, version: version + 1 });
    });
    if (done.ok) await this.refresh();
    return done;
  }

  private shifts(before: RecommendationSettings, after: RecommendationSettings): Map<Counter, number> {
    const [old, young] = [halfLivesOf(before), halfLivesOf(after)];
    const changed = counters.filter((counter) => old[counter] !== young[counter]);
    const now = this.clock.now();
    return new Map(changed.map((counter) => [counter, shiftOf(now, old[counter], young[counter])]));
  }

  private async refresh(): Promise<void> {
    const { settings, version, revision } = await this.store.state();
    if (version !== this.settingsVersion) {
      this.settingsVersion = version;
      this.statistics.halfLives = halfLivesOf(settings);
    }
    if (revision !== this.seen.revision) await this.catchUp(revision);
    for (const id of this.shelf.takeMoved()) this.statistics.rank(id, this.shelf.find(id)?.category);
  }

  private async catchUp(revision: number): Promise<void> {
    for (;;) {
      const page = await this.store.countedAfter(this.seen, PAGE);
      for (const counted of page) this.put(counted);
      const last = page.at(-1);
      if (last) this.seen = { revision: last.revision, counter: last.counter, item: last.item };
      if (page.length < PAGE) break;
    }
    if (this.seen.revision < revision) this.seen = { ...this.seen, revision };
  }

  private put({ counter, item, level, companions }: CountedItem): void {
    this.statistics.put(counter, item, level);
    const known = this.shelf.find(item);
    if (counter === 'popularity') {
      if (known) this.statistics.rank(item, known.category);
      return;
    }
    // The shelf's own ids are used: the same text is held once.
    const held = companions.map(([other, both]): Companion => [this.shelf.find(other)?.id ?? other, both]);
    this.statistics.putCompanions(counter, known?.id ?? item, held);
  }

  private async forget(): Promise<void> {
    const halfLives = halfLivesOf((await this.store.state()).settings);
    const now = this.clock.now();
    for (const counter of counters) {
      const below = Math.log2(FORGOTTEN) + now / halfLives[counter];
      await this.store.forget(counter, below, MOST_PAIRS);
    }
  }
}
