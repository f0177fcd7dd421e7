import { Injectable } from '@nestjs/common';
import { RetryTransactionError, type Transaction, unseen } from '@repartee/platform';
import type { GraphReader, HeldRow, Link, SignOut } from '../domain/index.js';
import { StoredGraph } from './graph-reader.js';
import {
  columnsOf,
  differs,
  type HeldTuple,
  heldTuple,
  type IdentifierRow,
  type LinkTuple,
  linkTuple,
  rowColumns,
  rowToHeld,
  toHeld,
  toLink,
} from './graph-rows.js';

type Reading = Pick<Transaction, 'query'>;

const LOOK = `
  SELECT (
    SELECT json_agg(${heldTuple('held')}) FROM unnest(${unseen(1, 'text[]')}, ${unseen(2, 'text[]')}) AS wanted(namespace, value)
    JOIN identifier held USING (namespace, value)
  ) AS rows, (
    SELECT json_agg(${linkTuple('held')}) FROM unnest(${unseen(3, 'text[]')}, ${unseen(4, 'text[]')}, ${unseen(5, 'text[]')}) AS wanted(a, b, rule)
    JOIN identity_link held USING (a, b, rule)
  ) AS links`;

/** The identity graph in PostgreSQL. */
@Injectable()
export class GraphStore {
  /** What is stored of these identifiers, and which of these links: what nearly every event needs, and no more. */
  async look(tx: Reading, keys: string[], links: Link[]): Promise<{ rows: HeldRow[]; links: Link[] }> {
    if (keys.length === 0) return { rows: [], links: [] };
    const [found] = await tx.query<{ rows: HeldTuple[] | null; links: LinkTuple[] | null }>(
      LOOK,
      [...columnsOf(keys), links.map(({ a }) => a), links.map(({ b }) => b), links.map(({ rule }) => rule)],
      'identity.look',
    );
    return { rows: (found?.rows ?? []).map(toHeld), links: (found?.links ?? []).map(toLink) };
  }

  /** Who owns some of these identifiers. */
  async ownersOf(tx: Reading, keys: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ profile_id: string }>(
      `SELECT DISTINCT held.profile_id FROM unnest(${unseen(1, 'text[]')}, ${unseen(2, 'text[]')}) AS wanted(namespace, value)
       JOIN identifier held USING (namespace, value) WHERE held.profile_id IS NOT NULL`,
      columnsOf(keys),
      'identity.owners',
    );
    return rows.map(({ profile_id }) => profile_id);
  }

  /**
   * Reads the graph around keys, within a transaction, each part of it once.
   * @param mergeAt matches of less weight, log2 odds, hold nobody together
   */
  reader(tx: Reading, mergeAt: number): GraphReader {
    return new StoredGraph(tx, mergeAt);
  }

  /**
   * Writes rows that were worked out.
   * Another process that changed the same ones meanwhile makes the transaction run again.
   */
  async saveRows(
    tx: Transaction,
    before: Iterable<HeldRow>,
    after: HeldRow[],
    vanished: HeldRow[],
  ): Promise<void> {
    const held = new Map([...before].map((row) => [`${row.key}/${row.since}`, row]));
    const fresh: HeldRow[] = [];
    const changed: { was: HeldRow; now: HeldRow }[] = [];
    for (const now of after) {
      const was = held.get(`${now.key}/${now.since}`);
      if (!was) fresh.push(now);
      else if (differs(was, now)) changed.push({ was, now });
    }
    if (vanished.length > 0) await this.remove(tx, vanished);
    if (fresh.length > 0) await this.insert(tx, fresh);
    if (changed.length > 0) await this.update(tx, changed);
  }

  private async insert(tx: Transaction, rows: HeldRow[]): Promise<void> {
    const inserted = await tx.query(
      `INSERT INTO identifier (namespace, value, since, profile_id, origin_profile_id, verified, shared_at)
       SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::uuid[], $5::uuid[], $6::boolean[], $7::timestamptz[])
         AS t(namespace, value, since, profile_id, origin_profile_id, verified, shared_at)
       ORDER BY namespace, value, since
       ON CONFLICT DO NOTHING RETURNING 1`,
      rowColumns(rows),
      'identity.insert',
    );
    if (inserted.length < rows.length) throw new RetryTransactionError('an identifier was taken meanwhile');
  }

  private async update(tx: Transaction, changes: { was: HeldRow; now: HeldRow }[]): Promise<void> {
    const ordered = [...changes].sort((x, y) => (x.now.key < y.now.key ? -1 : 1));
    const updated = await tx.query(
      `UPDATE identifier SET profile_id = t.profile_id, origin_profile_id = t.origin_profile_id,
         verified = t.verified, shared_at = t.shared_at
       FROM unnest($1::text[], $2::text[], $3::bigint[], $4::uuid[], $5::uuid[], $6::boolean[], $7::timestamptz[],
         $8::uuid[]) AS t(namespace, value, since, profile_id, origin_profile_id, verified, shared_at, was)
       WHERE identifier.namespace = t.namespace AND identifier.value = t.value AND identifier.since = t.since
         AND identifier.profile_id IS NOT DISTINCT FROM t.was
       RETURNING 1`,
      [...rowColumns(ordered.map(({ now }) => now)), ordered.map(({ was }) => was.profileId)],
    );
    if (updated.length < changes.length)
      throw new RetryTransactionError('an identifier changed hands meanwhile');
  }

  private async remove(tx: Transaction, rows: HeldRow[]): Promise<void> {
    await tx.query(
      `DELETE FROM identifier USING unnest($1::text[], $2::text[], $3::bigint[]) AS t(namespace, value, since)
       WHERE identifier.namespace = t.namespace AND identifier.value = t.value AND identifier.since = t.since`,
      rowColumns(rows).slice(0, 3),
    );
  }

  /** Keeps the earliest event that says each link, and every sign-out. */
  async saveEvidence(tx: Transaction, links: Link[], signOuts: SignOut[]): Promise<void> {
    if (links.length > 0) {
      const ordered = [...links].sort((x, y) => (`${x.a}${x.b}${x.rule}` < `${y.a}${y.b}${y.rule}` ? -1 : 1));
      await tx.query(
        `INSERT INTO identity_link (a, b, rule, first_at, event_id)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::uuid[])
         ON CONFLICT (a, b, rule) DO UPDATE SET first_at = excluded.first_at, event_id = excluded.event_id
           WHERE (excluded.first_at, excluded.event_id) < (identity_link.first_at, identity_link.event_id)`,
        [
          ordered.map(({ a }) => a),
          ordered.map(({ b }) => b),
          ordered.map(({ rule }) => rule),
          ordered.map(({ at }) => new Date(at)),
          ordered.map(({ eventId }) => eventId),
        ],
        'identity.save-links',
      );
    }
    if (signOuts.length > 0) {
      await tx.query(
        `INSERT INTO sign_out (device, at, event_id) SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::uuid[])
         ON CONFLICT DO NOTHING`,
        [
          signOuts.map(({ device }) => device),
          signOuts.map(({ at }) => new Date(at)),
          signOuts.map(({ eventId }) => eventId),
        ],
      );
    }
  }

  /** What these profiles own, by the best of each first. */
  async rowsOf(tx: Reading, profileIds: string[]): Promise<HeldRow[]> {
    const rows = await tx.query<IdentifierRow>(
      'SELECT * FROM identifier WHERE profile_id = ANY($1::uuid[]) ORDER BY namespace, value, since',
      [profileIds],
    );
    return rows.map(rowToHeld);
  }

  /** Some of the profiles that have a shared identifier; undefined where it is not shared. */
  async sharedAmong(tx: Reading, key: string): Promise<string[] | undefined> {
    const rows = await tx.query<{ profile_id: string | null }>(
      `SELECT DISTINCT near.profile_id FROM identifier shared
       LEFT JOIN LATERAL (SELECT a, b FROM identity_link WHERE (a = $3 OR b = $3) ORDER BY first_at LIMIT 50) link ON true
       LEFT JOIN LATERAL (SELECT CASE WHEN link.a = $3 THEN link.b ELSE link.a END AS key) other ON true
       LEFT JOIN identifier near ON near.namespace = split_part(other.key, ':', 1)
         AND near.value = substr(other.key, strpos(other.key, ':') + 1) AND near.profile_id IS NOT NULL
       WHERE shared.namespace = $1 AND shared.value = $2 AND shared.since = 0 AND shared.shared_at IS NOT NULL
       LIMIT 50`,
      [...columnsOf([key]).flat(), key],
      'identity.shared-among',
    );
    return rows.length === 0 ? undefined : rows.flatMap(({ profile_id }) => profile_id ?? []).sort();
  }
}
