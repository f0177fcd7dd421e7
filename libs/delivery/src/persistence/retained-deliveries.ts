import { Inject, Injectable } from '@nestjs/common';
import { RetainedData, RetainedTable } from '@repartee/governance';
import { Database } from '@repartee/platform';

/** Messages end when rules say so, every try to send them with them; so do the ids of what providers reported. */
@Injectable()
export class RetainedDeliveries {
  constructor(@Inject(RetainedData) data: RetainedData, @Inject(Database) database: Database) {
    data.register(
      new RetainedTable(database, {
        kind: 'deliveries',
        table: 'delivery',
        key: ['id'],
        at: 'created_at',
        with: { table: 'delivery_attempt', column: 'delivery_id' },
      }),
    );
    const facts = { table: 'connector_fact', key: ['id'], at: 'heard_at' };
    data.register(new RetainedTable(database, { kind: 'connector-facts', ...facts }));
  }
}
