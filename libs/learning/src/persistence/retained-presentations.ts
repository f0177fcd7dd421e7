import { Inject, Injectable } from '@nestjs/common';
import { Retained, RetainedData } from '@repartee/governance';
import type { Cutoff } from '@repartee/governance/domain';
import { Database } from '@repartee/platform';

/** The smallest UUIDv7 (RFC 9562, section 5.7) of a moment: ids of decisions begin with their time. */
function firstIdOf(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** What came of displays ends when rules say so. The counts they made stay: they tell of nobody. */
@Injectable()
export class RetainedPresentations extends Retained {
  readonly kind = 'presentations';

  constructor(
    @Inject(RetainedData) data: RetainedData,
    @Inject(Database) private readonly database: Database,
  ) {
    super();
    data.register(this);
  }

  override async count({ before }: Cutoff): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM presentation WHERE decision_id < $1::uuid',
      [firstIdOf(before)],
    );
    return row?.count ?? 0;
  }

  override async remove({ before }: Cutoff, limit: number): Promise<number> {
    const gone = await Promise.all(
      ['presentation', 'learning_presentation'].map((table) =>
        this.database.query(
          `DELETE FROM ${table} WHERE (decision_id, offer) IN (
             SELECT decision_id, offer FROM ${table} WHERE decision_id < $1::uuid ORDER BY decision_id, offer
             LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING 1`,
          [firstIdOf(before), limit],
        ),
      ),
    );
    return Math.max(...gone.map(({ length }) => length));
  }
}
