import { Inject, Injectable } from '@nestjs/common';
import {
  Classifications,
  Retained,
  RetainedData,
  RetainedTable,
  RetentionProgress,
} from '@repartee/governance';
import { type Cutoff, type DataClass, withoutClasses } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

interface Row {
  id: string;
  received_at: Date;
  payload: Record<string, unknown>;
}

const CONCERNED = `received_at < $1 AND (received_at, id) > ($2, $3::uuid)
  AND ($4::text IS NULL OR source = $4) AND NOT source = ANY($5)`;

/** Ends events of the log: whole ones, or the fields of a class within them. */
@Injectable()
export class RetainedEvents extends Retained {
  readonly kind = 'events';
  private readonly whole: RetainedTable;

  constructor(
    @Inject(RetainedData) data: RetainedData,
    @Inject(Database) private readonly database: Database,
    @Inject(Classifications) private readonly classes: Classifications,
    @Inject(RetentionProgress) private readonly progress: RetentionProgress,
  ) {
    super();
    const bySource = { at: 'received_at', source: 'source' };
    const log = {
      kind: 'events',
      table: 'event_log',
      key: ['received_at', 'id'],
      partitioned: true,
    } as const;
    this.whole = new RetainedTable(database, { ...log, ...bySource });
    data.register(this);
    const quarantine = { kind: 'quarantine', table: 'quarantine', key: ['id'] } as const;
    data.register(new RetainedTable(database, { ...quarantine, ...bySource }));
  }

  override async count(cutoff: Cutoff): Promise<number> {
    if (cutoff.class === null) return this.whole.count(cutoff);
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM event_log WHERE ${CONCERNED}`,
      await this.parameters(cutoff),
    );
    return row?.count ?? 0;
  }

  override async remove(cutoff: Cutoff, limit: number): Promise<number> {
    if (cutoff.class === null) return this.whole.remove(cutoff, limit);
    const rows = await this.database.query<Row>(
      `SELECT id, received_at, payload FROM event_log WHERE ${CONCERNED} ORDER BY received_at, id LIMIT ${limit}`,
      await this.parameters(cutoff),
    );
    const last = rows.at(-1);
    if (!last) return 0;
    const classes = new Set<DataClass>([cutoff.class]);
    await this.database.transaction(async (tx) => {
      for (const row of rows) await this.strip(tx, row, classes);
      await this.progress.write(tx, cutoff.rule, { at: last.received_at, id: last.id });
    });
    return rows.length;
  }

  /** What was said stays said as `null`: readers see that there was something, and no longer what. */
  private async strip(
    tx: Transaction,
    { id, received_at, payload }: Row,
    classes: Set<DataClass>,
  ): Promise<void> {
    const stripped = JSON.stringify(withoutClasses(payload, classes, this.classes.current, () => null));
    if (stripped === JSON.stringify(payload)) return;
    await tx.query('UPDATE event_log SET payload = $3 WHERE received_at = $1 AND id = $2', [
      received_at,
      id,
      stripped,
    ]);
  }

  private async parameters({ rule, before, source, except }: Cutoff): Promise<unknown[]> {
    const { at, id } = await this.progress.read(rule);
    return [before, at, id, source, except];
  }
}
