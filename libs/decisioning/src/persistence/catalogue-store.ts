import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import {
  CATALOGUE_LISTS,
  catalogueKinds,
  catalogueSchema,
  type CatalogueEntries,
  type CatalogueKind,
  type CatalogueSection,
  type EntryRef,
} from '../domain/index.js';

/** One entry as it is kept. */
export interface StoredEntry {
  kind: CatalogueKind;
  key: string;
  doc: Record<string, unknown>;
  updatedAt: Date;
  revision: number;
}

/** What a revision made of an entry. */
export interface StoredVersion {
  revision: number;
  /** Null: it was removed. */
  doc: Record<string, unknown> | null;
  at: Date | null;
  by: string | null;
}

export interface StoredCatalogue {
  revision: number;
  entries: CatalogueEntries;
}

type Connection = Pick<Database, 'query'> | Transaction;

const COLUMNS = `kind, key, doc, updated_at AS "updatedAt", revision`;

/** The tables of the catalogue and of configuration revisions. */
@Injectable()
export class CatalogueStore {
  constructor(private readonly database: Database) {}

  /** Opens the next revision. Whoever applies a configuration waits here for the one before to commit. */
  async nextRevision(tx: Transaction, now: number, by: string | null = null): Promise<number> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('configuration_revision'))`);
    const [row] = await tx.query<{ revision: number }>(
      `INSERT INTO configuration_revision (revision, applied_at, applied_by)
       SELECT coalesce(max(revision), 0) + 1, $1, $2 FROM configuration_revision RETURNING revision`,
      [new Date(now), by],
    );
    if (!row) throw new Error('no revision was made');
    return row.revision;
  }

  async revision(): Promise<number> {
    const [row] = await this.database.query<{ revision: number }>(
      'SELECT coalesce(max(revision), 0) AS revision FROM configuration_revision',
    );
    return row?.revision ?? 0;
  }

  /** The whole catalogue with its revision, as of one moment. */
  async load(connection: Connection = this.database): Promise<StoredCatalogue> {
    const rows = await connection.query<{ latest: number; kind: CatalogueKind | null; doc: unknown }>(
      `SELECT latest.revision AS latest, e.kind, e.doc
         FROM (SELECT coalesce(max(revision), 0) AS revision FROM configuration_revision) latest
         LEFT JOIN catalogue_entry e ON true ORDER BY e.kind, e.key`,
    );
    return { revision: rows[0]?.latest ?? 0, entries: entriesOf(rows) };
  }

  /** The whole catalogue as that revision left it. */
  async loadAt(revision: number): Promise<StoredCatalogue> {
    const rows = await this.database.query<{ kind: CatalogueKind; doc: unknown }>(
      `SELECT kind, doc FROM (
         SELECT DISTINCT ON (kind, key) kind, key, doc FROM catalogue_history
         WHERE revision <= $1 ORDER BY kind, key, revision DESC) e
       WHERE doc IS NOT NULL ORDER BY kind, key`,
      [revision],
    );
    return { revision, entries: entriesOf(rows) };
  }

  /** Writes the entries that `changed` names from the section, and removes those that `removed` names. */
  async write(
    tx: Transaction,
    section: CatalogueSection,
    changed: readonly EntryRef[],
    removed: readonly EntryRef[],
    stamp: { revision: number; now: number },
  ): Promise<void> {
    const wanted = new Set(changed.map(({ kind, key }) => `${kind}/${key}`));
    const rows = catalogueKinds.flatMap((kind) =>
      [...section[CATALOGUE_LISTS[kind]]]
        .filter(({ key }) => wanted.has(`${kind}/${key}`))
        .map((doc) => ({ kind, key: doc.key, doc })),
    );
    await tx.query(
      `INSERT INTO catalogue_entry (kind, key, doc, updated_at, revision)
       SELECT kind, key, doc, $2, $3 FROM jsonb_to_recordset($1::jsonb) AS r (kind text, key text, doc jsonb)
       ON CONFLICT (kind, key) DO UPDATE
         SET doc = excluded.doc, updated_at = excluded.updated_at, revision = excluded.revision`,
      [JSON.stringify(rows), new Date(stamp.now), stamp.revision],
    );
    await tx.query(
      `DELETE FROM catalogue_entry e USING jsonb_to_recordset($1::jsonb) AS r (kind text, key text)
        WHERE e.kind = r.kind AND e.key = r.key`,
      [JSON.stringify(removed)],
    );
    await tx.query(
      `INSERT INTO catalogue_history (kind, key, revision, doc)
       SELECT kind, key, $2, doc FROM jsonb_to_recordset($1::jsonb) AS r (kind text, key text, doc jsonb)`,
      [JSON.stringify([...rows, ...removed]), stamp.revision],
    );
  }

  zones(connection: Connection = this.database): Promise<{ key: string; channel: string }[]> {
    return connection.query(
      `SELECT key, doc->>'channel' AS channel FROM catalogue_entry WHERE kind = 'zone' ORDER BY key`,
    );
  }

  /** Entries of one kind in key order, after `cursor`. */
  list(kind: CatalogueKind, cursor: string, limit: number): Promise<StoredEntry[]> {
    return this.database.query<StoredEntry>(
      `SELECT ${COLUMNS} FROM catalogue_entry WHERE kind = $1 AND key COLLATE "C" > $2
        ORDER BY key COLLATE "C" LIMIT $3`,
      [kind, cursor, limit],
    );
  }

  /** Offers with a change that waits for approval, in key order. */
  waiting(cursor: string, limit: number): Promise<StoredEntry[]> {
    return this.database.query<StoredEntry>(
      `SELECT ${COLUMNS} FROM catalogue_entry
        WHERE kind = 'offer' AND jsonb_exists(doc, 'request') AND key COLLATE "C" > $1
        ORDER BY key COLLATE "C" LIMIT $2`,
      [cursor, limit],
    );
  }

  /** Versions of one entry before a revision, the latest first. */
  history(kind: CatalogueKind, key: string, before: number | null, limit: number): Promise<StoredVersion[]> {
    return this.database.query<StoredVersion>(
      `SELECT h.revision, h.doc, r.applied_at AS at, r.applied_by AS by
         FROM catalogue_history h LEFT JOIN configuration_revision r USING (revision)
        WHERE h.kind = $1 AND h.key = $2 AND ($3::int IS NULL OR h.revision < $3)
        ORDER BY h.revision DESC LIMIT $4`,
      [kind, key, before, limit],
    );
  }

  async find(kind: CatalogueKind, key: string): Promise<StoredEntry | null> {
    const [row] = await this.database.query<StoredEntry>(
      `SELECT ${COLUMNS} FROM catalogue_entry WHERE kind = $1 AND key = $2`,
      [kind, key],
    );
    return row ?? null;
  }
}

function entriesOf(rows: readonly { kind: CatalogueKind | null; doc: unknown }[]): CatalogueEntries {
  const lists: Record<string, unknown[]> = {};
  for (const { kind, doc } of rows) if (kind) (lists[CATALOGUE_LISTS[kind]] ??= []).push(doc);
  const { prune: _prune, ...entries } = catalogueSchema.parse(lists);
  return entries;
}
