import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import type { DataSubject, SubjectIdentifier } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';
import { claimKey, isDevice } from '../domain/index.js';
import { MatchModelStore } from './match-model-store.js';
import { RematchBacklog } from './rematch-backlog.js';

/** What of the identity graph is about one person: kind, table, condition over a list of profile ids or of keys ($1). */
const TABLES = [
  ['source record', 'source_record', 'keys', 'key = ANY($1)'],
  ['match', 'match_edge', 'keys', 'a = ANY($1) OR b = ANY($1)'],
  ['link', 'identity_link', 'keys', 'a = ANY($1) OR b = ANY($1)'],
  ['sign-out', 'sign_out', 'keys', 'device = ANY($1)'],
  ['verdict', 'identity_verdict', 'keys', 'a_key = ANY($1) OR b_key = ANY($1)'],
  ['review', 'match_review', 'keys', 'a = ANY($1) OR b = ANY($1)'],
  ['alias', 'profile_alias', 'ids', 'survivor_id = ANY($1::uuid[]) OR merged_id = ANY($1::uuid[])'],
  ['merge', 'profile_merge', 'ids', 'survivor_id = ANY($1::uuid[]) OR merged_id = ANY($1::uuid[])'],
  ['identifier', 'identifier', 'ids', 'profile_id = ANY($1::uuid[])'],
  [
    'identifier',
    'identifier',
    'keys',
    `(namespace, value) IN (
       SELECT split_part(key, ':', 1), substr(key, strpos(key, ':') + 1) FROM unnest($1::text[]) AS wanted(key))`,
  ],
] as const;

/** Who has which identifiers, and why. Removed in the very transaction of a request: nobody is found by them any more. */
@Injectable()
export class IdentityPersonalData extends PersonalDataHolder {
  readonly scope = 'identity';
  override readonly phase = 'at-once';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
    @Inject(MatchModelStore) private readonly models: MatchModelStore,
    @Inject(RematchBacklog) private readonly backlog: RematchBacklog,
  ) {
    super(holders);
  }

  /** Profiles that own some of these identifiers now. */
  async owners(identifiers: readonly SubjectIdentifier[]): Promise<string[]> {
    const rows = await this.database.query<{ profile_id: string }>(
      `SELECT DISTINCT held.profile_id FROM identifier held
       JOIN unnest($1::text[], $2::text[]) AS wanted(namespace, value)
         ON held.namespace = wanted.namespace AND held.value = wanted.value
       WHERE held.profile_id IS NOT NULL`,
      [identifiers.map(({ namespace }) => namespace), identifiers.map(({ value }) => value)],
    );
    return rows.map((row) => row.profile_id);
  }

  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    const keys = await this.keys(this.database, subject);
    for (const [kind, table, by, condition] of TABLES)
      for (const data of await this.database.query(`SELECT * FROM ${table} WHERE ${condition}`, [
        by === 'ids' ? subject.profileIds : keys,
      ]))
        yield { kind, data };
  }

  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    const keys = await this.keys(tx, subject);
    await this.backlog.withdraw(tx, keys);
    let records = 0;
    for (const [, table, by, condition] of TABLES) {
      const gone = await tx.query(`DELETE FROM ${table} WHERE ${condition} RETURNING 1`, [
        by === 'ids' ? subject.profileIds : keys,
      ]);
      records += gone.length;
    }
    await this.models.forget(tx, subject.profileIds);
    return records;
  }

  /** Every key that names the person: what they own, and what somebody else merely claims of them. */
  private async keys(
    tx: Pick<Transaction, 'query'>,
    { profileIds, identifiers }: DataSubject,
  ): Promise<string[]> {
    const held = await tx.query<{ key: string }>(
      `SELECT namespace || ':' || value AS key FROM identifier WHERE profile_id = ANY($1::uuid[])`,
      [profileIds],
    );
    const keys = [
      ...held.map(({ key }) => key),
      ...identifiers.map(({ namespace, value }) => `${namespace}:${value}`),
    ];
    const claims = await tx.query<{ a: string; b: string }>(
      `SELECT a, b FROM identity_link WHERE rule = 'claim' AND (b = ANY($1) OR a = ANY($1))`,
      [keys],
    );
    const claimed = claims.flatMap(({ a, b }) =>
      isDevice(a) ? claimKey(b, a) : a === b ? claimKey(b, '') : [],
    );
    return [...new Set([...keys, ...claimed])];
  }
}
