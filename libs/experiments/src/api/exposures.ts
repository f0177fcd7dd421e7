import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { ProfileView } from '@repartee/profile/domain';
import { type ExperimentBook, type Exposure, measuresBefore } from '../domain/index.js';
import { type ExposureRow, ExposureStore } from '../persistence/exposure-store.js';

/** How long a first exposure waits for company. With the write itself exposures are durable within 100 ms. */
const LINGER_MS = 25;
const BATCH = 2000;
/** Exposures kept while the database does not take them. */
const CAPACITY = 20_000;
const RETRY_MS = 500;
/** How long a shutdown waits for a database that does not answer. */
const SHUTDOWN_MS = 5000;
/** Exposures remembered, so that most repetitions cost nothing. */
const REMEMBERED = 100_000;

/** Who was exposed, and what is known of them then. */
export interface ExposedPerson {
  profileId: string | null;
  anonymousId: string | null;
  view: ProfileView;
}

/** Writes down who met which experiment, once each, off the way of the request. */
@Injectable()
export class Exposures implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(Exposures.name);
  private waiting: ExposureRow[] = [];
  private writing: ExposureRow[] = [];
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<boolean> | undefined;
  private failing = false;
  /** What was noted lately, in two generations: when the younger is full, the elder goes. */
  private noted = new Set<string>();
  private notedBefore = new Set<string>();

  constructor(@Inject(ExposureStore) private readonly store: ExposureStore) {}

  /** Whether more would be more than may be kept safely: whoever is exposed must be counted. */
  get full(): boolean {
    return this.waiting.length + this.writing.length >= CAPACITY;
  }

  /** @param at milliseconds since the epoch */
  note(book: ExperimentBook, exposures: readonly Exposure[], person: ExposedPerson, at: number): void {
    for (const exposure of exposures) {
      const known = `${exposure.experiment}/${exposure.phase}/${exposure.unit}`;
      if (this.noted.has(known) || this.notedBefore.has(known)) continue;
      this.remember(known);
      const experiment = book.byKey.get(exposure.experiment);
      const before = experiment ? measuresBefore(experiment, person.view) : null;
      const { profileId, anonymousId } = person;
      this.waiting.push({ ...exposure, at, profileId, anonymousId, before });
    }
    if (this.waiting.length > 0 && this.timer === undefined && this.underWay === undefined)
      this.schedule(LINGER_MS);
  }

  /** Resolves when everything noted so far is durable, or the database has not answered for 5 s. */
  async drain(): Promise<void> {
    const deadline = performance.now() + SHUTDOWN_MS;
    while (this.waiting.length + this.writing.length > 0 && performance.now() < deadline) {
      if (!(await this.flush())) await new Promise((resolve) => setTimeout(resolve, RETRY_MS / 10));
    }
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.drain();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.drain();
    clearTimeout(this.timer);
    if (this.waiting.length > 0) this.logger.error(`${this.waiting.length} exposures could not be written`);
  }

  private remember(known: string): void {
    if (this.noted.size >= REMEMBERED) {
      this.notedBefore = this.noted;
      this.noted = new Set();
    }
    this.noted.add(known);
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  /** One write at a time: whoever comes meanwhile waits for it. Says whether it went well. */
  private flush(): Promise<boolean> {
    this.underWay ??= this.write().finally(() => {
      this.underWay = undefined;
      this.timer = undefined;
      if (this.waiting.length > 0) this.schedule(this.failing ? RETRY_MS : LINGER_MS);
    });
    return this.underWay;
  }

  private async write(): Promise<boolean> {
    clearTimeout(this.timer);
    this.writing = this.waiting.splice(0, BATCH);
    if (this.writing.length === 0) return true;
    try {
      for (const { experiment, unit } of await this.store.insert(this.writing))
        this.logger.error(`the exposure of ${unit} to ${experiment} was refused by the database`);
      this.failing = false;
      return true;
    } catch (error) {
      if (!this.failing)
        this.logger.warn(`exposures wait: ${error instanceof Error ? error.message : 'the database failed'}`);
      this.failing = true;
      this.waiting = [...this.writing, ...this.waiting];
      return false;
    } finally {
      this.writing = [];
    }
  }
}
