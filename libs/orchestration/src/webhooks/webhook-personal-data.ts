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

/** What webhooks were told of people, by the ids of profiles, and what they answered. */
@Injectable()
export class WebhookPersonalData extends PersonalDataHolder {
  readonly scope = 'webhooks';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(RetainedData) retained: RetainedData,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
    retained.register(
      new RetainedTable(database, {
        kind: 'webhooks',
        table: 'webhook_message',
        key: ['id', 'endpoint_id'],
        at: 'at',
        with: { table: 'webhook_attempt', column: 'message_id' },
      }),
    );
  }

  override async *export({ profileIds }: DataSubject): AsyncIterable<ExportedRecord> {
    const messages = await this.database.query(
      `SELECT m.id, e.url, m.type, m.at, m.body, m.status FROM webhook_message m
       JOIN webhook_endpoint e ON e.id = m.endpoint_id WHERE m.subject = ANY($1) ORDER BY m.id`,
      [profileIds],
    );
    for (const data of messages) yield { kind: 'told to a webhook', data };
  }

  override async erase(tx: Transaction, { profileIds }: DataSubject): Promise<number> {
    const gone = await tx.query<{ id: string }>(
      'DELETE FROM webhook_message WHERE subject = ANY($1) RETURNING id',
      [profileIds],
    );
    const attempts = await tx.query(
      'DELETE FROM webhook_attempt WHERE message_id = ANY($1::uuid[]) RETURNING 1',
      [gone.map(({ id }) => id)],
    );
    return gone.length + attempts.length;
  }
}
