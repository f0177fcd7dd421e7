import { Inject, Injectable } from '@nestjs/common';
import {
  type ExportedRecord,
  PersonalDataHolder,
  PersonalDataHolders,
  RetainedData,
  RetainedTable,
} from '@repartee/governance';
import { type DataSubject, profilesAndValues } from '@repartee/governance/domain';
import { MergeParticipant, MergeParticipants, type ProfileSplit } from '@repartee/identity';
import { Database, type Transaction } from '@repartee/platform';

/** Calls with the person, and from their numbers before anybody knew whose they were. */
const CALLS = `(profile_id = ANY($1::uuid[]) OR number = ANY($2::text[]))`;
const TASKS = `(profile_id = ANY($1::uuid[]) OR address = ANY($2::text[]))`;

/** Calls with a person and the work that humans have with them. */
@Injectable()
export class CallCenterData extends PersonalDataHolder {
  readonly scope = 'call-center';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(RetainedData) retained: RetainedData,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
    retained.register(
      new RetainedTable(database, { kind: 'calls', table: 'call', key: ['id'], at: 'last_at' }),
    );
    retained.register(
      new RetainedTable(database, { kind: 'shifts', table: 'agent_state', key: ['id'], at: 'at' }),
    );
    retained.register(
      new RetainedTable(database, { kind: 'notices', table: 'desk_notice', key: ['id'], at: 'at' }),
    );
    retained.register(
      new RetainedTable(database, { kind: 'tasks', table: 'task', key: ['id'], at: 'created_at' }),
    );
  }

  /** Under names that are classified, so that masks find them. */
  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    const calls = await this.database.query<Record<string, unknown>>(
      `SELECT * FROM call WHERE ${CALLS} ORDER BY id`,
      profilesAndValues(subject),
    );
    for (const { number: phone, ...call } of calls) yield { kind: 'call', data: { ...call, phone } };
    const tasks = await this.database.query<Record<string, unknown>>(
      `SELECT * FROM task WHERE ${TASKS} ORDER BY id`,
      profilesAndValues(subject),
    );
    for (const { subject: title, ...task } of tasks) yield { kind: 'task', data: { ...task, title } };
  }

  /** Of calls that could have been anybody's who has the number, only the person's id goes. */
  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    const calls = await tx.query(`DELETE FROM call WHERE ${CALLS} RETURNING 1`, profilesAndValues(subject));
    const named = await tx.query(
      `UPDATE call SET candidates = (SELECT coalesce(json_agg(c), '[]') FROM json_array_elements_text(candidates) c
         WHERE c <> ALL($1::text[]))
       WHERE json_array_length(candidates) > 0 AND candidates::text LIKE ANY($2::text[]) RETURNING 1`,
      [subject.profileIds, subject.profileIds.map((id) => `%${id}%`)],
    );
    const tasks = await tx.query(`DELETE FROM task WHERE ${TASKS} RETURNING 1`, profilesAndValues(subject));
    return calls.length + named.length + tasks.length;
  }
}

/** Calls and tasks keep the id they came with; what an event of the person's said of them goes where the event goes. */
@Injectable()
export class CallCenterMerges extends MergeParticipant {
  readonly scope = 'call-center';

  constructor(
    @Inject(MergeParticipants) participants: MergeParticipants,
    @Inject(Database) private readonly database: Database,
  ) {
    super(participants);
  }

  override async preview(profileIds: readonly string[]): Promise<Record<string, number>> {
    const [row] = await this.database.query<{ calls: number; tasks: number }>(
      `SELECT (SELECT count(*)::int FROM call WHERE profile_id = ANY($1::uuid[])) AS calls,
         (SELECT count(*)::int FROM task WHERE profile_id = ANY($1::uuid[])) AS tasks`,
      [profileIds],
    );
    return { calls: row?.calls ?? 0, tasks: row?.tasks ?? 0 };
  }

  override merge(): Promise<void> {
    return Promise.resolve();
  }

  /** A number that goes to the other side takes its calls and tasks with it. */
  override async split(tx: Transaction, { from, to }: ProfileSplit): Promise<void> {
    for (const [table, column] of [
      ['call', 'number'],
      ['task', 'address'],
    ])
      await tx.query(
        `UPDATE ${table} SET profile_id = $2 WHERE profile_id = $1 AND EXISTS (SELECT 1 FROM identifier i
           WHERE i.profile_id = $2 AND i.namespace = 'phone' AND i.value = ${table}.${column})`,
        [from, to],
      );
  }
}
