import { Inject, Injectable, Optional } from '@nestjs/common';
import { Database, TravellingMessages, type Transaction, type TravellingMessage } from '@repartee/platform';
import { names, SHORTEST_SPELLING, type DataSubject, valuesOf } from '../domain/index.js';
import { PersonalDataHolder, PersonalDataHolders, type ExportedRecord } from '../api/personal-data.js';

interface Message {
  id: string;
  type: string;
  event: { subject?: unknown; data?: unknown };
}

/** What stands where an answer about an erased person stood. */
const ERASED_ANSWER = Buffer.from('{"status":410,"title":"The answer spoke of somebody who was erased"}');

/** LIKE patterns of texts, as they stand in JSON. */
function patterns(texts: readonly string[]): string[] {
  return texts.map(
    (text) =>
      `%${JSON.stringify(text)
        .slice(1, -1)
        .replace(/[\\%_]/g, '\\$&')}%`,
  );
}

/** Messages of the bus, dead letters and kept answers: platform knows no people, so governance looks through its tables. */
@Injectable()
export class PlatformPersonalData extends PersonalDataHolder {
  readonly scope = 'platform';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
    @Optional() @Inject(TravellingMessages) private readonly travelling?: TravellingMessages,
  ) {
    super(holders);
  }

  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    for (const table of ['bus_message', 'dead_letter'] as const)
      for (const { type, event } of await this.messages(this.database, table, subject))
        yield { kind: table === 'dead_letter' ? 'dead letter' : 'message', data: { type, event } };
    for (const { type, event } of await this.underWay(subject))
      yield { kind: 'message', data: { type, event } };
  }

  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    let records = 0;
    for (const table of ['bus_message', 'dead_letter'] as const) {
      const ids = (await this.messages(tx, table, subject)).map(({ id }) => id);
      if (ids.length > 0) await tx.query(`DELETE FROM ${table} WHERE id = ANY($1::uuid[])`, [ids]);
      records += ids.length;
    }
    const underWay = await this.underWay(subject);
    await this.travelling?.remove(underWay.map(({ key }) => key));
    return records + underWay.length + (await this.forgetAnswers(tx, subject));
  }

  /** What is on its way through a broker. */
  private async underWay({ profileIds, spellings }: DataSubject): Promise<TravellingMessage[]> {
    const named = new Set([...profileIds, ...spellings]);
    const found: TravellingMessage[] = [];
    for await (const message of this.travelling?.list() ?? [])
      if (names({ subject: message.event.subject, data: message.event.data }, named)) found.push(message);
    return found;
  }

  /** What speaks of the person's profile, or of the person in any other way. */
  private async messages(
    from: Pick<Transaction, 'query'>,
    table: 'bus_message' | 'dead_letter',
    { profileIds, spellings }: DataSubject,
  ): Promise<Message[]> {
    const named = new Set([...profileIds, ...spellings]);
    const found = await from.query<Message>(
      `SELECT id, type, event FROM ${table} WHERE event::text ILIKE ANY($1)`,
      [patterns([...named])],
    );
    return found.filter(({ event }) => names({ subject: event.subject, data: event.data }, named));
  }

  /**
   * Answers kept for `Idempotency-Key`, which are bytes: whatever holds the person's id or a spelling of theirs. A key
   * stays used, so that the same request does not run again.
   */
  private async forgetAnswers(tx: Transaction, subject: DataSubject): Promise<number> {
    const { profileIds, spellings } = subject;
    const values = valuesOf(subject);
    const sessions = values.map((value) => `session:${value}`);
    const gone = await tx.query(
      `DELETE FROM idempotency_key WHERE caller = ANY($1) OR lower(key) = ANY($2) RETURNING 1`,
      [sessions, spellings],
    );
    const texts = [...profileIds, ...spellings].map((text) => JSON.stringify(text).slice(1, -1));
    const emptied = await tx.query(
      `UPDATE idempotency_key k SET status = 410, body = $2,
         headers = '{"content-type": "application/problem+json"}'
       WHERE body IS NOT NULL AND body <> $2 AND EXISTS (
         SELECT 1 FROM unnest($1::text[]) AS t(text)
         WHERE position(convert_to(t.text, 'UTF8') IN k.body) > 0)
       RETURNING 1`,
      [[...texts, ...values.filter((value) => value.length >= SHORTEST_SPELLING)], ERASED_ANSWER],
    );
    return gone.length + emptied.length;
  }
}
