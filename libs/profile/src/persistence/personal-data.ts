import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import type { DataSubject, EventReference } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';
import { ChangeFeed } from './change-feed.js';
import { GoldenRecordStore } from './golden-record-store.js';
import { ProfileCache } from './profile-cache.js';

const BEFORE_MERGE = 'survivor_id = ANY($1::uuid[]) OR merged_id = ANY($1::uuid[])';

/** What belongs to golden records and lies beside them: table and condition over profile ids ($1). */
const BESIDE = [
  ['profile_order', 'profile_id = ANY($1::uuid[])'],
  ['profile_before_merge', BEFORE_MERGE],
  ['trait_replay_backlog', 'profile_id = ANY($1::uuid[])'],
] as const;

/** Golden records. Removed in the very transaction of a request, and from the memory of every process with it. */
@Injectable()
export class ProfilePersonalData extends PersonalDataHolder {
  readonly scope = 'profile';
  override readonly phase = 'at-once';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
    @Inject(GoldenRecordStore) private readonly records: GoldenRecordStore,
    @Inject(ProfileCache) private readonly cache: ProfileCache,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
  ) {
    super(holders);
  }

  override async *export({ profileIds }: DataSubject): AsyncIterable<ExportedRecord> {
    const records = await this.database.query<{ record: unknown }>(
      'SELECT record FROM profile WHERE id = ANY($1::uuid[]) ORDER BY id',
      [profileIds],
    );
    for (const { record } of records) yield { kind: 'golden record', data: record };
    const orders = await this.database.query(
      'SELECT * FROM profile_order WHERE profile_id = ANY($1::uuid[]) ORDER BY at, order_id',
      [profileIds],
    );
    for (const data of orders) yield { kind: 'order', data };
    const before = await this.database.query(
      `SELECT * FROM profile_before_merge WHERE ${BEFORE_MERGE} ORDER BY survivor_id, merged_id`,
      [profileIds],
    );
    for (const data of before) yield { kind: 'golden record before a merge', data };
  }

  override async erase(tx: Transaction, { profileIds }: DataSubject): Promise<number> {
    const { book } = this.records;
    const gone = await tx.query<{ id: string }>(
      `WITH locked AS (
         SELECT id FROM profile WHERE id = ANY($1::uuid[]) OR merged_into = ANY($1::uuid[]) ORDER BY id FOR UPDATE
       ) DELETE FROM profile WHERE id IN (SELECT id FROM locked) RETURNING id`,
      [profileIds],
    );
    let records = gone.length;
    for (const [table, condition] of BESIDE)
      records += (await tx.query(`DELETE FROM ${table} WHERE ${condition} RETURNING 1`, [profileIds])).length;
    if (gone.length > 0) {
      const ids = [...new Set([...gone.map(({ id }) => id), ...profileIds])];
      const seq = await this.records.recordChange(tx, ids, book);
      tx.afterCommit(() => {
        for (const id of ids) this.cache.evict(id);
        this.feed.committed(seq);
      });
    }
    return records;
  }
}

/** What happened with people. It knows which events are whose, so it goes last. */
@Injectable()
export class TimelinePersonalData extends PersonalDataHolder {
  readonly scope = 'timeline';
  override readonly phase = 'last';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  /** The events of the log that are about these profiles. */
  async events(profileIds: readonly string[]): Promise<EventReference[]> {
    const rows = await this.database.query<{ id: string; logged_at: Date }>(
      `SELECT DISTINCT id, logged_at FROM timeline_entry
       WHERE profile_id = ANY($1::uuid[]) AND logged_at IS NOT NULL ORDER BY logged_at, id`,
      [profileIds],
    );
    return rows.map(({ id, logged_at }) => ({ id, receivedAt: logged_at.getTime() }));
  }

  override async *export({ profileIds }: DataSubject): AsyncIterable<ExportedRecord> {
    const entries = await this.database.query(
      `SELECT id, at, kind, data FROM timeline_entry WHERE profile_id = ANY($1::uuid[]) ORDER BY at, id`,
      [profileIds],
    );
    for (const data of entries) yield { kind: 'timeline entry', data };
  }

  override async erase(tx: Transaction, { profileIds }: DataSubject): Promise<number> {
    const gone = await tx.query('DELETE FROM timeline_entry WHERE profile_id = ANY($1::uuid[]) RETURNING 1', [
      profileIds,
    ]);
    return gone.length;
  }
}
