import { Inject, Injectable } from '@nestjs/common';
import { Retained, RetainedData } from '@repartee/governance';
import type { Cutoff } from '@repartee/governance/domain';
import { Database } from '@repartee/platform';

const TABLES = ['experiment_exposure', 'experiment_outcome'] as const;

const ended = (table: string) =>
  `${table} r JOIN experiment_phase p ON (p.experiment, p.phase) = (r.experiment, r.phase) WHERE p.stopped_at < $1`;

/**
 * Who met which variation, and what they did since, ends so long after its phase did. Of a phase that runs all is kept:
 * without it people would count anew, and its results would be others.
 */
@Injectable()
export class RetainedExperiments extends Retained {
  readonly kind = 'experiments';

  constructor(
    @Inject(RetainedData) data: RetainedData,
    @Inject(Database) private readonly database: Database,
  ) {
    super();
    data.register(this);
  }

  override async count({ before }: Cutoff): Promise<number> {
    let records = 0;
    for (const table of TABLES) {
      const [row] = await this.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${ended(table)}`,
        [before],
      );
      records += row?.count ?? 0;
    }
    return records;
  }

  override async remove({ before }: Cutoff, limit: number): Promise<number> {
    let records = 0;
    for (const table of TABLES) {
      const gone = await this.database.query(
        `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
           SELECT r.ctid FROM ${ended(table)} LIMIT $2 FOR UPDATE OF r SKIP LOCKED)) RETURNING 1`,
        [before, limit - records],
      );
      records += gone.length;
    }
    return records;
  }
}
