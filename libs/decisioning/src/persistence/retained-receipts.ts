import { Inject, Injectable } from '@nestjs/common';
import { RetainedData, RetainedTable } from '@repartee/governance';
import { Database } from '@repartee/platform';

/** Receipts end when rules say so. */
@Injectable()
export class RetainedReceipts {
  constructor(@Inject(RetainedData) data: RetainedData, @Inject(Database) database: Database) {
    data.register(
      new RetainedTable(database, {
        kind: 'decisions',
        table: 'decision_receipt',
        key: ['id', 'at'],
        at: 'at',
        partitioned: true,
      }),
    );
  }
}
