import { Inject, Injectable } from '@nestjs/common';
import { Clock, type Transaction } from '@repartee/platform';
import { type CompiledExperiment, type Happening, measure, metricsOf } from '../domain/index.js';
import { type OutcomeRow, OutcomeStore } from '../persistence/outcome-store.js';
import { Experiments } from './experiments.js';
import { Exposures } from './exposures.js';

/** Something a person did. */
export interface PersonalHappening extends Happening {
  /** The living profile. */
  person: string;
  /** By what the person may have been drawn before there was a record of her: devices, a user's id. */
  names: readonly string[];
}

/** What happened before an experiment stopped may be told that much later. */
const LATE_MS = 7 * 86_400_000;

/** Counts what people do, as it happens, for the experiments they have met. */
@Injectable()
export class Outcomes {
  constructor(
    @Inject(Experiments) private readonly experiments: Experiments,
    @Inject(Exposures) private readonly exposures: Exposures,
    @Inject(OutcomeStore) private readonly store: OutcomeStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Whether anybody counts anything now. */
  get counting(): boolean {
    return this.measured().length > 0;
  }

  /** Keeps, in the caller's transaction, what counts. */
  async observe(tx: Transaction, happenings: readonly PersonalHappening[]): Promise<void> {
    const measured = this.measured();
    const rows = happenings.flatMap((happening) =>
      measured.flatMap((experiment) => rowsOf(experiment, happening)),
    );
    await this.keep(tx, rows, happenings);
  }

  /** Keeps what was measured of people who had met what it is about; in the caller's transaction. */
  async keep(
    tx: Transaction,
    rows: readonly OutcomeRow[],
    happenings: readonly Pick<PersonalHappening, 'person' | 'names'>[],
  ): Promise<void> {
    if (rows.length === 0) return;
    // Who did something may have met the experiment a moment ago.
    await this.exposures.drain();
    const acting = new Set(rows.map(({ person }) => person));
    const devices = new Map(
      happenings
        .filter(({ person }) => acting.has(person))
        .flatMap(({ person, names }) => names.map((id) => [id, person] as const)),
    );
    await this.store.claim(
      tx,
      [...devices].map(([anonymousId, person]) => ({ anonymousId, person })),
    );
    await this.store.add(tx, rows);
  }

  /** Forgets what was measured in phases before one. */
  forget(experiment: string, before: number): Promise<void> {
    return this.store.forget(experiment, before);
  }

  private measured(): CompiledExperiment[] {
    const now = this.clock.now();
    return this.experiments.book.experiments.filter(
      (experiment) => countsUntil(experiment) >= now && metricsOf(experiment.document).length > 0,
    );
  }
}

function countsUntil({ state, stoppedAt, window }: CompiledExperiment): number {
  if (state === 'draft') return -Infinity;
  return stoppedAt === null ? Infinity : stoppedAt + LATE_MS + (window === Infinity ? 0 : window);
}

function rowsOf(experiment: CompiledExperiment, happening: PersonalHappening): OutcomeRow[] {
  const { key, phase, window, stoppedAt } = experiment;
  const { at, eventId, person } = happening;
  // Without a window counting ends with the experiment.
  if (stoppedAt !== null && window === Infinity && at > stoppedAt) return [];
  return measure(experiment, happening).map((measured) => ({
    ...measured,
    experiment: key,
    phase,
    person,
    at,
    eventId,
    window: window === Infinity ? null : window / 1000,
  }));
}
