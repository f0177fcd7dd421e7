import { Inject, Injectable } from '@nestjs/common';
import { Database, writeByHalves } from '@repartee/platform';

/** The first time somebody met what an experiment is about. */
export interface ExposureRow {
  experiment: string;
  phase: number;
  /** What was hashed. */
  unit: string;
  variation: string;
  /** Milliseconds since the epoch. */
  at: number;
  profileId: string | null;
  anonymousId: string | null;
  /** What metrics were before, by their keys. */
  before: Record<string, number> | null;
}

/** The table of exposures. */
@Injectable()
export class ExposureStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Writes exposures; of several of one person the first to come stays. A row that the database refuses does not sink the
   * others.
   * @returns the rows that were refused
   */
  insert(rows: readonly ExposureRow[]): Promise<ExposureRow[]> {
    return writeByHalves(rows, (some) => this.insertAll(some));
  }

  private async insertAll(rows: readonly ExposureRow[]): Promise<void> {
    await this.database.query(
      `INSERT INTO experiment_exposure
         (experiment, phase, unit, variation, first_at, person, profile_id, anonymous_id, before)
       SELECT experiment, phase, unit, variation, to_timestamp(at), profile_id, profile_id, anonymous_id, before::json
         FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::float8[], $6::uuid[], $7::text[], $8::text[])
           AS t(experiment, phase, unit, variation, at, profile_id, anonymous_id, before)
       ON CONFLICT DO NOTHING`,
      [
        rows.map(({ experiment }) => experiment),
        rows.map(({ phase }) => phase),
        rows.map(({ unit }) => unit),
        rows.map(({ variation }) => variation),
        rows.map(({ at }) => at / 1000),
        rows.map(({ profileId }) => profileId),
        rows.map(({ anonymousId }) => anonymousId),
        rows.map(({ before }) => (before === null ? null : JSON.stringify(before))),
      ],
    );
  }
}
