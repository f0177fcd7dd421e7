import { Inject, Injectable } from '@nestjs/common';
import { Database, newId, type Transaction } from '@repartee/platform';
import { LogWriter } from '../log-writer.js';
import { EMPTIED } from '../quarantine.js';
import { NOT_KEPT, RefusedTexts } from '../refused-texts.js';
import type { Portion } from './reading/portion-builder.js';

/** Another worker has the import, or nobody should have it any more. */
export class ImportLostError extends Error {}

/** Keys go in in order, so that two imports with the same rows wait for each other instead of locking up. */
const APPEND = `
  WITH incoming AS MATERIALIZED (
    SELECT * FROM ROWS FROM (
      unnest($2::uuid[]),
      json_to_recordset($4::json) AS (
        key uuid, lane smallint, message_id text, type text, name text, occurred_at timestamptz, payload json)
    ) AS t(id, key, lane, message_id, type, name, occurred_at, payload)
  ), fresh AS (
    INSERT INTO import_key (key) SELECT key FROM incoming ORDER BY key ON CONFLICT DO NOTHING RETURNING key
  ), queued AS (
    INSERT INTO import_pending (id, received_at, lane)
    SELECT id, $1, lane FROM incoming JOIN fresh USING (key)
  ), logged AS (
    INSERT INTO event_log (received_at, id, lane, source, message_id, type, name, occurred_at, verified, payload)
    SELECT $1, id, lane, $3, message_id, type, name, occurred_at, true, payload FROM incoming JOIN fresh USING (key)
    RETURNING 1
  )
  SELECT count(*)::int AS written FROM logged`;

const REFUSE = `
  INSERT INTO import_refusal (import_id, line, column_name, reason, raw)
  SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[])`;

/** A row that waits already, or was taken since, waits once. */
const HOLD_BACK = `
  INSERT INTO quarantine (id, received_at, source, code, errors, body, verified, import_key)
  SELECT id, $1, $2, code, errors::json, body, true, key
  FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[]) AS t(id, key, code, errors, body)
  WHERE NOT EXISTS (SELECT 1 FROM import_key known WHERE known.key = t.key)
  ORDER BY key ON CONFLICT (import_key) DO NOTHING`;

const ADVANCE = `
  UPDATE import_job SET place_offset = $3, place_line = $4, bytes_read = $5, accepted = accepted + $6,
    refused = refused + $7, events = events + $8, known = known + $9, worked = worked + $10,
    layout = coalesce(layout, $11::json), held = held + $12
  WHERE id = $1 AND worker = $2`;

/** Which import is written, and by whom. */
export interface Holder {
  id: string;
  worker: string;
  source: string;
}

/**
 * Writes what was read into the log. Events, refusals and how far the import is commit together: whenever the process
 * dies, every row is there once. The only place where imports touch the tables of the log.
 */
@Injectable()
export class PortionWriter {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LogWriter) private readonly log: LogWriter,
    @Inject(RefusedTexts) private readonly texts: RefusedTexts,
  ) {}

  /**
   * @param worked milliseconds since the portion before it
   * @throws ImportLostError when the import is not the holder's any more; nothing was written then
   */
  async write(holder: Holder, portion: Portion, worked: number): Promise<void> {
    const receivedAt = await this.log.receiptTime();
    const ids = Array.from({ length: portion.eventCount }, () => newId());
    await this.database.transaction(async (tx) => {
      await this.hold(tx, holder);
      const written = ids.length > 0 ? await this.append(tx, holder, portion, ids, receivedAt) : 0;
      if (portion.held.length > 0) await this.holdBack(tx, holder, portion, receivedAt);
      if (portion.refused.length > 0) await this.refuse(tx, holder, portion);
      await tx.query(
        ADVANCE,
        [
          ...[holder.id, holder.worker, portion.place.offset, portion.place.line, portion.bytesRead],
          ...[
            portion.accepted,
            portion.refused.length,
            written,
            ids.length - written + portion.repeated,
            Math.round(worked),
          ],
          portion.layout ? JSON.stringify(portion.layout) : null,
          portion.held.length,
        ],
        'imports.advance',
      );
    });
  }

  private async hold(tx: Transaction, { id, worker }: Holder): Promise<void> {
    const held = await tx.query(
      `SELECT 1 FROM import_job WHERE id = $1 AND worker = $2 AND state = 'running' FOR UPDATE`,
      [id, worker],
    );
    if (held.length === 0) throw new ImportLostError('the import is no longer this worker’s');
  }

  private async append(
    tx: Transaction,
    { source }: Holder,
    portion: Portion,
    ids: string[],
    receivedAt: Date,
  ): Promise<number> {
    // Bytes go out as they are; PostgreSQL takes JSON as UTF-8 text in its binary format, too.
    const events = Buffer.from(portion.events.buffer);
    const parameters = [receivedAt, ids, source, events];
    const [row] = await tx.query<{ written: number }>(APPEND, parameters, 'imports.append');
    return row?.written ?? 0;
  }

  private async holdBack(
    tx: Transaction,
    { source }: Holder,
    portion: Portion,
    receivedAt: Date,
  ): Promise<void> {
    const held = portion.held.map((row) => (this.texts.mayKeep(row.body) ? row : { ...row, ...EMPTIED }));
    await tx.query(HOLD_BACK, [
      receivedAt,
      source,
      held.map(() => newId()),
      held.map(({ key }) => key),
      held.map(({ code }) => code),
      held.map(({ errors }) => JSON.stringify(errors)),
      held.map(({ body }) => body),
    ]);
  }

  private async refuse(tx: Transaction, { id }: Holder, portion: Portion): Promise<void> {
    const refused = portion.refused.map((row) =>
      this.texts.mayKeep(row.raw) ? row : { ...row, reason: NOT_KEPT, raw: '' },
    );
    await tx.query(REFUSE, [
      id,
      refused.map((row) => row.line),
      refused.map((row) => row.column && storable(row.column)),
      refused.map((row) => storable(row.reason)),
      refused.map((row) => storable(row.raw)),
    ]);
  }
}

/** What a text column can hold of a text. */
function storable(text: string): string {
  return text.replaceAll('\0', '␀').toWellFormed();
}
