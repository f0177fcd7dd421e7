import { Injectable } from '@nestjs/common';
import { Database, newId, type Transaction } from '@repartee/platform';
import {
  type Companion,
  type Counter,
  DEFAULT_SETTINGS,
  halfLivesOf,
  type Level,
  MOST_COMPANIONS,
  type RecommendationSettings,
  type Signal,
  Tally,
  type Tallied,
} from '../domain/index.js';

/** How counts stand. */
export interface CountsState {
  revision: number;
  settings: RecommendationSettings;
  /** Of the settings. */
  version: number;
}

/** The count of one item, with those it was met with most. */
export interface CountedItem {
  counter: Counter;
  item: string;
  level: Level;
  revision: number;
  companions: Companion[];
}

/** The last count that somebody has seen. */
export type CountChange = Pick<CountedItem, 'revision' | 'counter' | 'item'>;

type Connection = Pick<Database, 'query'> | Transaction;
/** As a signal is kept: [counter, item, other, weight, at]. */
type SignalRow = [Counter, string, string | null, number, number];

/** Notes that are added up at once, and signals of one note: small, so that the process does other things in between. */
const PORTION = 10;
const SIGNALS = 500;
const STATE = 'SELECT revision, settings, version FROM recommendation_state';

/** The tables of what is counted of items. */
@Injectable()
export class RecommendationStore {
  constructor(private readonly database: Database) {}

  /** Notes what is to be counted, in the transaction of the events it comes from: it waits for nobody. */
  async note(tx: Transaction, signals: readonly Signal[]): Promise<void> {
    const rows = signals.map(({ counter, item, other, weight, at }): SignalRow => [
      counter,
      item,
      other,
      weight,
      at,
    ]);
    const notes: string[] = [];
    for (let from = 0; from < rows.length; from += SIGNALS)
      notes.push(JSON.stringify(rows.slice(from, from + SIGNALS)));
    await tx.query(
      `INSERT INTO item_signal (id, signals)
       SELECT id, signals::json FROM unnest($1::uuid[], $2::text[]) AS t (id, signals)`,
      [notes.map(() => newId()), notes],
      'item_signal.note',
    );
  }

  async state(connection: Connection = this.database): Promise<CountsState> {
    const [row] = await connection.query<CountsState & { settings: RecommendationSettings | null }>(STATE);
    return stateOf(row);
  }

  /** Waits for whoever changes counts, and keeps others away until the end of the transaction. */
  async hold(tx: Transaction): Promise<CountsState> {
    const [row] = await tx.query<CountsState & { settings: RecommendationSettings | null }>(
      `${STATE} FOR UPDATE`,
    );
    return stateOf(row);
  }

  /**
   * Adds up a portion of what was noted. What is added is no longer noted, in the same transaction: each counts once. At
   * most one process adds at a time.
   * @returns whether more may be waiting
   */
  addUp(): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query<CountsState & { settings: RecommendationSettings | null }>(
        `${STATE} FOR UPDATE SKIP LOCKED`,
      );
      if (!row) return false;
      const noted = await tx.query<{ signals: SignalRow[] }>(
        `DELETE FROM item_signal WHERE id IN (SELECT id FROM item_signal ORDER BY id LIMIT ${PORTION})
         RETURNING signals`,
      );
      if (noted.length === 0) return false;
      const { revision, settings } = stateOf(row);
      const tally = new Tally(halfLivesOf(settings));
      const signals = noted.flatMap((note) => note.signals);
      tally.add(await this.known(tx, signals));
      await this.join(tx, tally);
      await this.write(tx, tally, revision + 1);
      return noted.length === PORTION;
    });
  }

  /** Puts settings in force: counts stay what they are at this moment, and decay by the new half-lives from now on. */
  async change(
    tx: Transaction,
    { revision, version }: CountsState,
    settings: RecommendationSettings,
    shifts: ReadonlyMap<Counter, number>,
  ): Promise<void> {
    for (const [counter, shift] of shifts) {
      await tx.query('UPDATE item_count SET level = level + $2, revision = $3 WHERE counter = $1', [
        counter,
        shift,
        revision + 1,
      ]);
      await tx.query('UPDATE item_pair SET level = level + $2 WHERE counter = $1', [counter, shift]);
    }
    await tx.query('UPDATE recommendation_state SET revision = $1, settings = $2, version = $3', [
      revision + 1,
      JSON.stringify(settings),
      version + 1,
    ]);
  }

  /** Counts that changed after another, oldest change first. */
  countedAfter({ revision, counter, item }: CountChange, limit: number): Promise<CountedItem[]> {
    return this.database.query<CountedItem>(
      `SELECT c.counter, c.item, c.level, c.revision, coalesce(p.companions, '[]') AS companions
         FROM (SELECT * FROM item_count WHERE revision >= $1 AND (revision, counter, item) > ($1, $2, $3)
                ORDER BY revision, counter, item LIMIT $4) c
         LEFT JOIN LATERAL (
           SELECT json_agg(json_build_array(other, level)) AS companions
             FROM (SELECT other, level FROM item_pair WHERE counter = c.counter AND item = c.item
                    ORDER BY level DESC LIMIT ${MOST_COMPANIONS}) q) p ON c.counter <> 'popularity'
        ORDER BY c.revision, c.counter, c.item`,
      [revision, counter, item, limit],
    );
  }

  /** Forgets counts and pairs below a level, and of each item the pairs beyond `most`. */
  async forget(counter: Counter, below: Level, most: number): Promise<void> {
    await this.database.query('DELETE FROM item_pair WHERE counter = $1 AND level < $2', [counter, below]);
    await this.database.query('DELETE FROM item_count WHERE counter = $1 AND level < $2', [counter, below]);
    await this.database.query(
      `DELETE FROM item_pair p USING (
         SELECT counter, item, other, row_number() OVER (PARTITION BY item ORDER BY level DESC) AS place
           FROM item_pair WHERE counter = $1) q
        WHERE p.counter = q.counter AND p.item = q.item AND p.other = q.other AND q.place > $2`,
      [counter, most],
    );
  }

  /** Those that speak of items of the catalogue alone: of what anybody may make up nothing is kept. */
  private async known(tx: Transaction, signals: readonly SignalRow[]): Promise<Signal[]> {
    const told = new Set(signals.flatMap(([, item, other]) => (other === null ? [item] : [item, other])));
    const rows = await tx.query<{ id: string }>(
      'SELECT id FROM item WHERE id = ANY($1) AND doc IS NOT NULL',
      [[...told]],
    );
    const ids = new Set(rows.map(({ id }) => id));
    return signals
      .filter(([, item, other]) => ids.has(item) && (other === null || ids.has(other)))
      .map(([counter, item, other, weight, at]) => ({ counter, item, other, weight, at }));
  }

  /** Brings what is kept of the same items into the tally. */
  private async join(tx: Transaction, tally: Tally): Promise<void> {
    const singles = await tx.query<Tallied>(
      `SELECT c.counter, c.item, NULL AS other, c.level FROM item_count c
         JOIN unnest($1::text[], $2::text[]) AS t (counter, item) USING (counter, item)`,
      columns(tally.singles).slice(0, 2),
    );
    const pairs = await tx.query<Tallied>(
      `SELECT p.counter, p.item, p.other, p.level FROM item_pair p
         JOIN unnest($1::text[], $2::text[], $3::text[]) AS t (counter, item, other) USING (counter, item, other)`,
      columns(tally.pairs.filter(({ item, other }) => item < other)).slice(0, 3),
    );
    for (const one of [...singles, ...pairs]) tally.join(one);
  }

  private async write(tx: Transaction, tally: Tally, revision: number): Promise<void> {
    const [counters, items, , levels] = columns(tally.singles);
    await tx.query(
      `INSERT INTO item_count (counter, item, level, revision)
       SELECT counter, item, level, $4 FROM unnest($1::text[], $2::text[], $3::float8[]) AS t (counter, item, level)
       ON CONFLICT (counter, item) DO UPDATE SET level = excluded.level, revision = excluded.revision`,
      [counters, items, levels, revision],
    );
    await tx.query(
      `INSERT INTO item_pair (counter, item, other, level)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[])
       ON CONFLICT (counter, item, other) DO UPDATE SET level = excluded.level`,
      columns(tally.pairs),
    );
    await tx.query('UPDATE recommendation_state SET revision = $1', [revision]);
  }
}

function columns(counts: readonly Tallied[]): [string[], string[], (string | null)[], number[]] {
  return [
    counts.map(({ counter }) => counter),
    counts.map(({ item }) => item),
    counts.map(({ other }) => other),
    counts.map(({ level }) => level),
  ];
}

function stateOf(
  row: (Omit<CountsState, 'settings'> & { settings: RecommendationSettings | null }) | undefined,
): CountsState {
  if (!row) throw new Error('what is counted of items has no state');
  return { ...row, settings: row.settings ?? DEFAULT_SETTINGS };
}
