import { Injectable } from '@nestjs/common';
import { RetryTransactionError, type Transaction } from '@repartee/platform';
import {
  type GraphReader,
  type GraphSlice,
  type HeldRow,
  isClaim,
  type Link,
  partsOfClaim,
  type SignOut,
} from '../domain/index.js';
import {
  columnsOf,
  differs,
  type IdentifierRow,
  type LinkRow,
  rowColumns,
  toHeld,
  toLink,
  toMatch,
  toSignOut,
  toVerdict,
  type WordRow,
} from './graph-rows.js';

type Reading = Pick<Transaction, 'query'>;

/** Links of one key that are looked at: beyond so many it is shared, or over every limit. */
const LINKS = 256;

const ROWS = `
  SELECT held.* FROM identifier held
  JOIN unnest($1::text[], $2::text[]) AS wanted(namespace, value)
    ON held.namespace = wanted.namespace AND held.value = wanted.value`;
const FAMILY_ROWS = `
  WITH asked AS MATERIALIZED (${ROWS})
  SELECT * FROM asked
  UNION
  SELECT held.* FROM identifier held WHERE held.profile_id IN (SELECT profile_id FROM asked)`;
const KNOWN_LINKS = `
  SELECT held.* FROM identity_link held
  JOIN unnest($1::text[], $2::text[], $3::text[]) AS wanted(a, b, rule)
    ON held.a = wanted.a AND held.b = wanted.b AND held.rule = wanted.rule`;
const LINKS_AROUND = `
  SELECT DISTINCT near.* FROM unnest($1::text[]) AS wanted(key) CROSS JOIN LATERAL (
    (SELECT * FROM identity_link WHERE a = wanted.key ORDER BY first_at LIMIT ${LINKS})
    UNION ALL
    (SELECT * FROM identity_link WHERE b = wanted.key AND rule <> 'claim' ORDER BY first_at LIMIT ${LINKS})
    UNION ALL
    (SELECT * FROM identity_link WHERE b = wanted.key AND rule = 'claim' ORDER BY first_at, event_id LIMIT 2)
  ) near`;
const WORDS_AROUND = `
  SELECT 'sign-out' AS kind, event_id AS id, device AS a, '' AS b, NULL AS word, NULL::float8 AS weight, at
  FROM sign_out WHERE device = ANY($1)
  UNION ALL
  SELECT 'verdict', id, a, b, verdict, NULL, at FROM identity_verdict WHERE a_key = ANY($1) OR b_key = ANY($1)
  UNION ALL
  SELECT 'match', id, a, b, NULL, weight, at FROM match_edge WHERE (a = ANY($1) OR b = ANY($1)) AND weight >= $2`;

/** The identity graph in PostgreSQL. */
@Injectable()
export class GraphStore {
  /** What is stored of these identifiers, and which of these links: what nearly every event needs, and no more. */
  async look(tx: Reading, keys: string[], links: Link[]): Promise<{ rows: HeldRow[]; links: Link[] }> {
    const rows = keys.length > 0 ? await tx.query<IdentifierRow>(ROWS, columnsOf(keys), 'identity.look') : [];
    const known =
      links.length > 0
        ? await tx.query<LinkRow>(
            KNOWN_LINKS,
            [links.map(({ a }) => a), links.map(({ b }) => b), links.map(({ rule }) => rule)],
            'identity.known-links',
          )
        : [];
    return { rows: rows.map(toHeld), links: known.map(toLink) };
  }

  /**
   * Reads the graph around keys, within a transaction.
   * @param mergeAt matches of less weight, log2 odds, hold nobody together
   */
  reader(tx: Reading, mergeAt: number): GraphReader {
    return { read: (keys) => this.read(tx, keys, mergeAt) };
  }

  private async read(tx: Reading, keys: string[], mergeAt: number): Promise<GraphSlice> {
    const rows = await tx.query<IdentifierRow>(FAMILY_ROWS, columnsOf(keys), 'identity.family');
    const links = await tx.query<LinkRow>(LINKS_AROUND, [keys], 'identity.links-around');
    const claims = keys.filter(isClaim).map(partsOfClaim);
    if (claims.length > 0) {
      const said = [
        claims.map(({ device }) => device),
        claims.map(({ person }) => person),
        claims.map(() => 'claim'),
      ];
      links.push(...(await tx.query<LinkRow>(KNOWN_LINKS, said, 'identity.known-links')));
    }
    const words = await tx.query<WordRow>(WORDS_AROUND, [keys, mergeAt], 'identity.words-around');
    return {
      rows: rows.map(toHeld),
      links: links.map(toLink),
      signOuts: words.filter(({ kind }) => kind === 'sign-out').map(toSignOut),
      verdicts: words.filter(({ kind }) => kind === 'verdict').map(toVerdict),
      matches: words.filter(({ kind }) => kind === 'match').map(toMatch),
    };
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
    return rows.map(toHeld);
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
