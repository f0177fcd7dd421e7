import { Inject, Injectable } from '@nestjs/common';
import {
  type ExportedRecord,
  PersonalDataHolder,
  PersonalDataHolders,
  RetainedData,
  RetainedTable,
} from '@repartee/governance';
import type { DataSubject } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

/** What connectors are still to hear of people. What they heard, they are asked to forget. */
@Injectable()
export class ListenerPersonalData extends PersonalDataHolder {
  readonly scope = 'connector-events';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(RetainedData) retained: RetainedData,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
    retained.register(
      new RetainedTable(database, {
        kind: 'connector-events',
        table: 'connector_event',
        key: ['connector', 'id'],
        at: 'at',
      }),
    );
  }

  override async *export({ profileIds }: DataSubject): AsyncIterable<ExportedRecord> {
    const events = await this.database.query(
      'SELECT connector, event FROM connector_event WHERE subject = ANY($1) ORDER BY id',
      [profileIds],
    );
    for (const data of events) yield { kind: 'event for a connector', data };
  }

  override async erase(tx: Transaction, { profileIds }: DataSubject): Promise<number> {
    const gone = await tx.query('DELETE FROM connector_event WHERE subject = ANY($1) RETURNING 1', [
      profileIds,
    ]);
    return gone.length;
  }
}
