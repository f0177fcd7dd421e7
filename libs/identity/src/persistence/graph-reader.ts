import { type Transaction, unseen } from '@repartee/platform';
import {
  type GraphReader,
  type GraphSlice,
  type HeldRow,
  type Link,
  linkKey,
  type MatchLink,
  type SignOut,
  type Verdict,
} from '../domain/index.js';
import {
  columnsOf,
  type HeldTuple,
  heldTuple,
  type LinkTuple,
  linkTuple,
  toHeld,
  toLink,
  toMatch,
  toSignOut,
  toVerdict,
  type WordTuple,
} from './graph-rows.js';

/** Links of one key that are looked at: beyond so many it is shared, or over every limit. */
const LINKS = 256;
/** What the owners of the keys own beside is read along with them, unless it is more than this, and than so much a key. */
const AHEAD = 64;
const AHEAD_OF_EACH = 4;

/**
 * `near`: the keys, and what their owners own beside, which the loader asks for next. Of all of them the rows and those
 * of their owners; links, claims' own words, sign-outs, verdicts and matches around them. One answer, as JSON: a row
 * for each thing would cost more than the reading.
 */
const AROUND = `
  WITH asked AS MATERIALIZED (SELECT * FROM unnest(${unseen(1, 'text[]')}, ${unseen(2, 'text[]')}) AS t(namespace, value)),
  direct AS MATERIALIZED (SELECT held.* FROM asked JOIN identifier held USING (namespace, value)),
  mates AS MATERIALIZED (
    SELECT namespace, value FROM identifier WHERE profile_id IN (SELECT profile_id FROM direct)
  ),
  near AS MATERIALIZED (
    SELECT namespace, value, namespace || ':' || value AS key FROM asked
    UNION SELECT namespace, value, namespace || ':' || value FROM mates
    WHERE (SELECT count(*) FROM mates) <= greatest(${AHEAD}, ${AHEAD_OF_EACH} * (SELECT count(*) FROM asked))
  ),
  rows AS MATERIALIZED (SELECT held.* FROM near JOIN identifier held USING (namespace, value)),
  family AS (
    SELECT * FROM rows
    UNION SELECT held.* FROM identifier held WHERE held.profile_id IN (SELECT profile_id FROM rows)
  ),
  links AS (
    SELECT near.key AS near, found.* FROM near CROSS JOIN LATERAL (
      (SELECT * FROM identity_link WHERE a = near.key ORDER BY first_at LIMIT ${LINKS})
      UNION ALL
      (SELECT * FROM identity_link WHERE b = near.key AND rule <> 'claim' ORDER BY first_at LIMIT ${LINKS})
      UNION ALL
      (SELECT * FROM identity_link WHERE b = near.key AND rule = 'claim' ORDER BY first_at, event_id LIMIT 2)
      UNION ALL
      (SELECT * FROM identity_link WHERE near.namespace = '@' AND a = split_part(near.value, E'\\x1f', 2)
         AND b = split_part(near.value, E'\\x1f', 1) AND rule = 'claim')
    ) found
  ),
  words AS (
    SELECT 'sign-out' AS kind, event_id AS id, device AS a, device AS a_key, '' AS b, '' AS b_key,
      NULL AS word, NULL::float8 AS weight, at
    FROM near JOIN sign_out ON device = near.key
    UNION
    SELECT 'verdict', id, a, a_key, b, b_key, verdict, NULL, at FROM near JOIN identity_verdict ON a_key = near.key
    UNION
    SELECT 'verdict', id, a, a_key, b, b_key, verdict, NULL, at FROM near JOIN identity_verdict ON b_key = near.key
    UNION
    SELECT 'match', id, a, a, b, b, NULL, weight, at FROM near JOIN match_edge ON a = near.key WHERE weight >= $3
    UNION
    SELECT 'match', id, a, a, b, b, NULL, weight, at FROM near JOIN match_edge ON b = near.key WHERE weight >= $3
  )
  SELECT (SELECT json_agg(key) FROM near) AS near,
    (SELECT json_agg(${heldTuple('family')}) FROM family) AS rows,
    (SELECT json_agg(json_build_array(near, ${linkTuple('links')})) FROM links) AS links,
    (SELECT json_agg(json_build_array(kind, id, a, a_key, b, b_key, word, weight, extract(epoch FROM at) * 1000))
      FROM words) AS words`;

interface Answer {
  near: string[] | null;
  rows: HeldTuple[] | null;
  /** Each with the key around which it was found. */
  links: [near: string, link: LinkTuple][] | null;
  words: WordTuple[] | null;
}

/** Things by the keys they touch, each once. */
class Index<T> {
  private readonly byKey = new Map<string, Map<string, T>>();

  add(keys: readonly string[], id: string, thing: T): void {
    for (const key of keys) {
      const held = this.byKey.get(key);
      if (held) held.set(id, thing);
      else this.byKey.set(key, new Map([[id, thing]]));
    }
  }

  around(keys: readonly string[]): T[] {
    const [only, ...others] = keys;
    if (only !== undefined && others.length === 0) return [...(this.byKey.get(only)?.values() ?? [])];
    const found = new Map<string, T>();
    for (const key of keys) for (const [id, thing] of this.byKey.get(key) ?? []) found.set(id, thing);
    return [...found.values()];
  }
}

/**
 * The graph as one transaction reads it: what was read, or read ahead, is not asked for again. Make a new one once
 * more is locked.
 */
export class StoredGraph implements GraphReader {
  private readonly near = new Set<string>();
  private readonly rows = new Index<HeldRow>();
  private readonly owned = new Index<HeldRow>();
  private readonly links = new Index<Link>();
  private readonly signOuts = new Index<SignOut>();
  private readonly verdicts = new Index<Verdict>();
  private readonly matches = new Index<MatchLink>();

  /** @param mergeAt matches of less weight, log2 odds, hold nobody together */
  constructor(
    private readonly tx: Pick<Transaction, 'query'>,
    private readonly mergeAt: number,
  ) {}

  async read(keys: string[]): Promise<GraphSlice> {
    const missing = keys.filter((key) => !this.near.has(key));
    if (missing.length > 0) await this.fetch(missing);
    const rows = this.rows.around(keys);
    const owners = new Set(rows.flatMap(({ profileId }) => profileId ?? []));
    const family = this.owned.around([...owners]);
    const isTheirs = ({ profileId }: HeldRow) => profileId !== null && owners.has(profileId);
    return {
      rows: [...rows.filter((row) => !isTheirs(row)), ...family],
      links: this.links.around(keys),
      signOuts: this.signOuts.around(keys),
      verdicts: this.verdicts.around(keys),
      matches: this.matches.around(keys),
    };
  }

  private async fetch(keys: string[]): Promise<void> {
    const values = [...columnsOf(keys), this.mergeAt];
    const [found] = await this.tx.query<Answer>(AROUND, values, 'identity.around');
    for (const key of found?.near ?? keys) this.near.add(key);
    for (const tuple of found?.rows ?? []) {
      const row = toHeld(tuple);
      const name = `${row.key}/${row.since}`;
      this.rows.add([row.key], name, row);
      if (row.profileId !== null) this.owned.add([row.profileId], name, row);
    }
    for (const [near, tuple] of found?.links ?? []) {
      const link = toLink(tuple);
      this.links.add([near], linkKey(link), link);
    }
    for (const word of found?.words ?? []) this.keep(word);
  }

  private keep(word: WordTuple): void {
    const [kind, id, , a, , b] = word;
    if (kind === 'sign-out') this.signOuts.add([a], id, toSignOut(word));
    else if (kind === 'verdict') this.verdicts.add([a, b], id, toVerdict(word));
    else this.matches.add([a, b], id, toMatch(word));
  }
}
