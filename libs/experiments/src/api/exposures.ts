import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { WriteBehind } from '@repartee/platform';
import type { ProfileView } from '@repartee/profile/domain';
import { type ExperimentBook, type Exposure, measuresBefore } from '../domain/index.js';
import { type ExposureRow, ExposureStore } from '../persistence/exposure-store.js';

/** Exposures that one write takes. */
const BATCH = 2000;
/** Exposures kept while the database does not take them. */
const CAPACITY = 20_000;
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
  private readonly behind: WriteBehind<ExposureRow>;
  /** What was noted lately, in two generations: when the younger is full, the elder goes. */
  private noted = new Set<string>();
  private notedBefore = new Set<string>();

  constructor(@Inject(ExposureStore) store: ExposureStore) {
    this.behind = new WriteBehind({
      what: 'exposures',
      write: (rows) => store.insert(rows),
      nameOf: ({ experiment, unit }) => `the exposure of ${unit} to ${experiment}`,
      batch: BATCH,
      enough: BATCH,
      capacity: CAPACITY,
      logger: new Logger(Exposures.name),
    });
  }

  /** Whether more would be more than may be kept safely: whoever is exposed must be counted. */
  get full(): boolean {
    return this.behind.full;
  }

  /** Whether so many wait that a mailing should hold back. */
  get crowded(): boolean {
    return this.behind.crowded;
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
      this.behind.add({ ...exposure, at, profileId, anonymousId, before });
    }
  }

  /** Resolves when everything noted so far is durable, or the database has not answered for 5 s. */
  drain(): Promise<void> {
    return this.behind.drain();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.drain();
  }

  onApplicationShutdown(): Promise<void> {
    return this.behind.close();
  }

  private remember(known: string): void {
    if (this.noted.size >= REMEMBERED) {
      this.notedBefore = this.noted;
      this.noted = new Set();
    }
    this.noted.add(known);
  }
}
