import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Clock, Database, MonthlyPartitions, newId, type Transaction } from '@repartee/platform';

/** What may be done with a person's data, with the configuration by which they are treated, and at the door. */
export const AUDIT_ACTIONS = [
  'read',
  'change',
  'merge',
  'split',
  'export',
  'erase',
  'restrict',
  'object',
  'configure',
  'sign-in',
  'sign-in-refused',
  'sign-out',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface NewAuditEntry {
  /** The key, or the person behind a session: as access names callers. `system` for the product itself. */
  actor: string;
  action: AuditAction;
  /** A profile's id; with `configure` what was changed, as `offer/ten-off`; at the door `account/<id>`. */
  subject: string;
  /** Milliseconds since the epoch; now unless given. */
  at?: number;
  detail?: Record<string, unknown>;
}

export interface AuditEntry {
  id: string;
  at: string;
  actor: string;
  action: AuditAction;
  subject: string;
  detail: unknown;
}

interface Waiting extends Required<Omit<NewAuditEntry, 'detail'>> {
  id: string;
  detail: string | null;
}

/** Milliseconds a first entry waits for company. */
const LINGER = 100;
const BATCH = 1000;
/** Beyond so many that the database does not take, the oldest are lost, and that is logged. */
const CAPACITY = 20_000;
const RETRY = 1000;

const INSERT = `
  INSERT INTO audit_entry (at, id, actor, action, subject, detail)
  SELECT at, id, actor, action, subject, detail::json
  FROM unnest($1::timestamptz[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
    AS t(at, id, actor, action, subject, detail)
  ON CONFLICT DO NOTHING`;

/** Who saw or changed a person. Entries are added and never changed, but for the subject of somebody erased. */
@Injectable()
export class AuditLog implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(AuditLog.name);
  private readonly partitions: MonthlyPartitions;
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.partitions = new MonthlyPartitions(database, 'audit_entry');
  }

  /** Notes something in passing: written within moments, many at a time, so that reading people stays fast. */
  note(entry: NewAuditEntry): void {
    if (this.waiting.length >= CAPACITY) {
      this.waiting = this.waiting.slice(CAPACITY / 10);
      this.logger.error('the audit log cannot be written: its oldest entries that waited are lost');
    }
    this.waiting.push(this.entryOf(entry));
    this.timer ??= setTimeout(() => void this.flush(), LINGER).unref();
  }

  /** Writes entries in the caller's transaction: what they tell of and they themselves are one. */
  async record(tx: Transaction, entries: readonly NewAuditEntry[]): Promise<void> {
    const rows = entries.map((entry) => this.entryOf(entry));
    await this.prepare(rows);
    await insert(tx, rows);
  }

  /** Makes the partition of now, which must not be made inside a transaction that is open. */
  async prepare(rows: readonly { at: number }[] = [{ at: this.clock.now() }]): Promise<void> {
    for (const { at } of rows) await this.partitions.ensure(at);
  }

  /** What happened with one subject under any of its names, newest first. */
  async read(
    subjects: readonly string[],
    page: { limit: number; before?: { at: Date; id: string } | undefined },
  ): Promise<AuditEntry[]> {
    await this.flush();
    const rows = await this.database.query<Omit<AuditEntry, 'at'> & { at: Date }>(
      `SELECT at, id, actor, action, subject, detail FROM audit_entry
       WHERE ($1::text[] IS NULL OR subject = ANY($1)) AND ($2::timestamptz IS NULL OR (at, id) < ($2, $3::uuid))
       ORDER BY at DESC, id DESC LIMIT $4`,
      [subjects.length > 0 ? subjects : null, page.before?.at ?? null, page.before?.id ?? null, page.limit],
    );
    return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  }

  /** Puts the keyed hash in the place of an erased person's ids, and takes details away. */
  async forget(tx: Transaction, profileIds: readonly string[], hash: string): Promise<number> {
    const changed = await tx.query(
      'UPDATE audit_entry SET subject = $2, detail = NULL WHERE subject = ANY($1) RETURNING 1',
      [profileIds, hash],
    );
    return changed.length;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  /** And what requests under way have noted since. */
  async onApplicationShutdown(): Promise<void> {
    await this.flush();
    clearTimeout(this.timer);
  }

  /** Resolves when all that was noted so far is written, or could not be for now. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const rows = this.waiting.splice(0, BATCH);
      try {
        await this.prepare(rows);
        await insert(this.database, rows);
      } catch (error) {
        this.logger.warn(`entries of the audit log wait: ${String(error)}`);
        this.waiting = [...rows, ...this.waiting];
        this.timer ??= setTimeout(() => void this.flush(), RETRY).unref();
        return;
      }
    }
  }

  private entryOf({ detail, at, ...entry }: NewAuditEntry): Waiting {
    return {
      ...entry,
      id: newId(),
      at: at ?? this.clock.now(),
      detail: detail === undefined ? null : JSON.stringify(detail),
    };
  }
}

async function insert(to: Pick<Database, 'query'>, rows: readonly Waiting[]): Promise<void> {
  await to.query(
    INSERT,
    [
      rows.map(({ at }) => new Date(at).toISOString()),
      rows.map(({ id }) => id),
      rows.map(({ actor }) => actor),
      rows.map(({ action }) => action),
      rows.map(({ subject }) => subject),
      rows.map(({ detail }) => detail),
    ],
    'audit.insert',
  );
}
