import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import { PersonalDataHolder, PersonalDataHolders, type ExportedRecord } from '../api/personal-data.js';
import type { DataSubject } from '../domain/index.js';
import { AuditLog } from './audit-log.js';
import { PersonStandings } from './person-standings.js';
import { SubjectHasher } from './subject-hasher.js';

/** What the person asked for, and who saw or changed them. */
@Injectable()
export class GovernancePersonalData extends PersonalDataHolder {
  readonly scope = 'governance';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(SubjectHasher) private readonly hasher: SubjectHasher,
  ) {
    super(holders);
  }

  override async *export({ profileIds }: DataSubject): AsyncIterable<ExportedRecord> {
    yield { kind: 'standing', data: await this.standings.read(profileIds) };
    const requests = await this.database.query(
      `SELECT id, kind, scope, lifted, status, requested_at AS "requestedAt", completed_at AS "completedAt"
       FROM privacy_request WHERE profile_id = ANY($1::uuid[]) ORDER BY id`,
      [profileIds],
    );
    for (const data of requests) yield { kind: 'privacy request', data };
    const entries = await this.database.query(
      'SELECT at, action, actor, detail FROM audit_entry WHERE subject = ANY($1) ORDER BY at, id',
      [profileIds],
    );
    for (const data of entries) yield { kind: 'audit entry', data };
  }

  override async erase(tx: Transaction, { profileIds }: DataSubject): Promise<number> {
    const standing = await tx.query(
      'DELETE FROM person_standing WHERE profile_id = ANY($1::uuid[]) RETURNING 1',
      [profileIds],
    );
    let records = standing.length;
    for (const id of profileIds) records += await this.audit.forget(tx, [id], this.hasher.profile(id));
    return records;
  }
}
