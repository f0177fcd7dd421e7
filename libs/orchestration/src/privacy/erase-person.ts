import { Inject, Injectable } from '@nestjs/common';
import { ok, type Result } from '@repartee/contracts';
import {
  AuditLog,
  DoNotContact,
  PersonalDataHolders,
  PrivacyRequests,
  SubjectHasher,
} from '@repartee/governance';
import { Database, type Transaction } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import type { GoldenRecord } from '@repartee/profile/domain';
import { DataSubjects } from './data-subjects.js';

/** What an erasure writes beside removing data. */
@Injectable()
export class ErasureBooks {
  constructor(
    @Inject(PrivacyRequests) readonly requests: PrivacyRequests,
    @Inject(DoNotContact) readonly doNotContact: DoNotContact,
    @Inject(AuditLog) readonly audit: AuditLog,
    @Inject(SubjectHasher) readonly hasher: SubjectHasher,
  ) {}
}

/** Takes requests to erase people. With the request itself they are hidden; a job then removes what is left. */
@Injectable()
export class ErasePerson {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(DataSubjects) private readonly subjects: DataSubjects,
    @Inject(PersonalDataHolders) private readonly holders: PersonalDataHolders,
    @Inject(ErasureBooks) private readonly books: ErasureBooks,
  ) {}

  /**
   * Erases the person of a reference. Asked again, it answers with the request that was made.
   * @returns the id of the request
   */
  async request(reference: string, actor: string): Promise<Result<string>> {
    const found = await this.profiles.find(reference);
    if (!found.ok) {
      const earlier = await this.books.requests.erasureOf([this.books.hasher.profile(reference)]);
      return earlier ? ok(earlier.id) : found;
    }
    const { record } = found.value;
    await this.books.audit.prepare();
    const id = await this.database.transaction((tx) => this.begin(tx, record, actor));
    await this.books.doNotContact.refresh();
    return ok(id);
  }

  private async begin(tx: Transaction, record: GoldenRecord, actor: string): Promise<string> {
    const { requests, doNotContact, audit, hasher } = this.books;
    const work = this.subjects.of(record);
    const subject = hasher.profile(record.id);
    await doNotContact.add(tx, doNotContact.hashesOf(work.identifiers, work.profileIds), 'erased');
    const id = await requests.add(tx, {
      kind: 'erase',
      subject,
      profileId: record.id,
      requestedBy: actor,
      work,
    });
    await audit.record(tx, [{ actor, action: 'erase', subject: record.id, detail: { request: id } }]);
    for (const holder of this.holders.of('at-once')) {
      const records = await holder.erase(tx, { ...work, events: [] });
      await requests.note(tx, id, { scope: holder.scope, status: 'done', records, detail: null });
    }
    return id;
  }
}
