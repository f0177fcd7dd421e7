import { Inject, Injectable } from '@nestjs/common';
import { RetainedData, RetainedTable } from '@repartee/governance';
import { Database } from '@repartee/platform';

/** What happened with people ends when rules say so. */
@Injectable()
export class RetainedTimeline {
  constructor(@Inject(RetainedData) data: RetainedData, @Inject(Database) database: Database) {
    data.register(
      new RetainedTable(database, {
        kind: 'timeline',
        table: 'timeline_entry',
        key: ['profile_id', 'at', 'id'],
        at: 'at',
      }),
    );
  }
}
