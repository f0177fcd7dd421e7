import { Inject, Injectable } from '@nestjs/common';
import { ok, type Result } from '@repartee/contracts';
import { AuditLog, Classifications, type ExportedRecord, PersonalDataHolders } from '@repartee/governance';
import { type DataClass, type DataSubject, MASK, withoutClasses } from '@repartee/governance/domain';
import { Clock } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { DataSubjects } from './data-subjects.js';

/** One record of an export with the scope that holds it. */
export type ScopedRecord = ExportedRecord & { scope: string };

export interface PersonExport {
  profileId: string;
  exportedAt: string;
  /** One at a time, so that a long history needs no memory. */
  records: AsyncIterable<ScopedRecord>;
}

/** What is masked for people who need the shape of the data and not the person. */
const MASKED: ReadonlySet<DataClass> = new Set<DataClass>(['identifier', 'contact', 'sensitive']);

/** Everything held about a person, for them to read and take elsewhere (GDPR articles 15 and 20). */
@Injectable()
export class ExportPerson {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(DataSubjects) private readonly subjects: DataSubjects,
    @Inject(PersonalDataHolders) private readonly holders: PersonalDataHolders,
    @Inject(Classifications) private readonly classes: Classifications,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async open(reference: string, options: { mask: boolean; actor: string }): Promise<Result<PersonExport>> {
    const found = await this.profiles.find(reference);
    if (!found.ok) return found;
    const { record } = found.value;
    const { actor, mask } = options;
    this.audit.note({ actor, action: 'export', subject: record.id, detail: { mask } });
    const subject = await this.subjects.complete(this.subjects.of(record));
    const exportedAt = new Date(this.clock.now()).toISOString();
    return ok({ profileId: record.id, exportedAt, records: this.read(subject, mask) });
  }

  private async *read(subject: DataSubject, mask: boolean): AsyncIterable<ScopedRecord> {
    for (const holder of this.holders.all)
      for await (const { kind, data } of holder.export(subject))
        yield { scope: holder.scope, kind, data: mask ? this.masked(data, subject) : data };
  }

  /** Fields by their class, and whatever names the person wherever it stands. */
  private masked(data: unknown, { spellings }: DataSubject): unknown {
    const tells = (value: unknown) =>
      typeof value === 'string' && spellings.some((spelling) => value.toLowerCase().includes(spelling));
    // Through JSON, as it will be read: dates and the like are texts there.
    const read: unknown = JSON.parse(JSON.stringify(data ?? null), (_key, value: unknown) =>
      tells(value) ? MASK : value,
    );
    return withoutClasses(read, MASKED, this.classes.current);
  }
}

/** The export as one JSON document, in pieces. */
export async function* asDocument({ profileId, exportedAt, records }: PersonExport): AsyncIterable<string> {
  yield `{"profileId":${JSON.stringify(profileId)},"exportedAt":${JSON.stringify(exportedAt)},"records":[`;
  let separator = '\n';
  for await (const record of records) {
    yield `${separator}${JSON.stringify(record)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** The export as NDJSON: a record a line. */
export async function* asLines({ records }: PersonExport): AsyncIterable<string> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}
