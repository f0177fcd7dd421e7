import { Inject, Injectable } from '@nestjs/common';
import { RetainedData, RetainedTable } from '@repartee/governance';
import { Database } from '@repartee/platform';

/** What was negotiated ends when rules say so. */
@Injectable()
export class RetainedNegotiations {
  constructor(@Inject(RetainedData) data: RetainedData, @Inject(Database) database: Database) {
    data.register(
      new RetainedTable(database, {
        kind: 'negotiations',
        table: 'offer_negotiation',
        key: ['decision_id', 'offer', 'number'],
        at: 'at',
      }),
    );
  }
}
