import { Inject, Injectable } from '@nestjs/common';
import { newId, type Transaction } from '@repartee/platform';
import {
  blockingKeys,
  type MatchRules,
  stateFields,
  standardise,
  type Told,
  valuesOf,
  bridgeHolds,
  householdOf,
  judgePair,
  MOST_RECORDS,
} from '../../domain/index.js';
import { MatchEdges, type StoredMatch } from '../../persistence/match-edges.js';
import { type SourceRecord, SourceRecords } from '../../persistence/source-records.js';
import { MatchModels } from './match-models.js';

/**
 * Records in a block at most. A larger block says too little to compare by: it links nobody, and what it linked
 * before it grew is taken back, so that the order of arrival does not matter.
 */
export const LARGEST_LIVE_BLOCK = 64;
/** Held by one transaction at a time: two alike records that are filed at once would not see each other. */
const LOCK = 7_301_460_000;

/** What came of comparing. */
export interface Observed {
  /** Keys around which matches that hold people together came or went. */
  seeds: string[];
  /** Matches too weak to merge and too strong to pass over. */
  suggested: Omit<StoredMatch, 'id'>[];
}

const NOTHING: Observed = { seeds: [], suggested: [] };

/** Compares what trusted sources say of people, as they say it. What a browser claims never enters here. */
@Injectable()
export class StreamingMatcher {
  constructor(
    @Inject(SourceRecords) private readonly records: SourceRecords,
    @Inject(MatchEdges) private readonly edges: MatchEdges,
    @Inject(MatchModels) private readonly models: MatchModels,
  ) {}

  /** Matches at this weight, log2 odds, hold people together. */
  get mergeAt(): number {
    return this.models.model.thresholds.merge;
  }

  /** Takes in what events say. */
  async observe(tx: Transaction, told: readonly Told[]): Promise<Observed> {
    const stating = told.flatMap(({ event, evidence }) => {
      const key = evidence.anchors[0];
      return event.verified && event.statement && key !== undefined
        ? [{ event, key, ...event.statement }]
        : [];
    });
    if (stating.length === 0) return NOTHING;
    const held = new Map(
      (await this.records.find(tx, stating)).map((record) => [`${record.source}\n${record.key}`, record]),
    );
    const before = new Map([...held].map(([name, record]) => [name, JSON.stringify(record.standard)]));
    const touched = new Map<string, SourceRecord>();
    for (const { event, source, key, fields, household } of stating) {
      const name = `${source}\n${key}`;
      const was = held.get(name) ?? freshRecord(source, key);
      const stated = stateFields(was.stated, fields, event.at, event.id);
      const declaredHousehold = household ?? was.declaredHousehold;
      const record = { ...was, stated, declaredHousehold, at: Math.max(was.at, event.at) };
      held.set(name, record);
      touched.set(name, record);
    }
    for (const record of touched.values()) {
      record.standard = standardise(valuesOf(record.stated));
      record.household = householdOf(record.standard, record.declaredHousehold ?? undefined) ?? null;
    }
    await this.records.save(tx, [...touched.values()]);
    const changed = [...touched].filter(
      ([name, record]) => before.get(name) !== JSON.stringify(record.standard),
    );
    return this.compare(
      tx,
      changed.map(([, record]) => record),
    );
  }

  /** Compares records again, by a model that was published since. */
  rematch(tx: Transaction, records: readonly SourceRecord[]): Promise<Observed> {
    return this.compare(tx, records);
  }

  /** What is asked before a match joins groups of people. */
  async rules(tx: Transaction, keys: readonly string[]): Promise<MatchRules> {
    const byKey = new Map<string, SourceRecord[]>();
    for (const record of await this.records.ofKeys(tx, keys))
      byKey.set(record.key, [...(byKey.get(record.key) ?? []), record]);
    const { scorer, model } = this.models;
    const weightOf = (a: string, b: string) =>
      Math.max(
        ...(byKey.get(a) ?? []).flatMap((one) =>
          (byKey.get(b) ?? []).map((other) => scorer.weight(one.standard, other.standard)),
        ),
      );
    const known = (nodes: readonly string[]) => nodes.filter((node) => byKey.has(node));
    return {
      mergeAt: model.thresholds.merge,
      maxSize: MOST_RECORDS,
      bridgeHolds: (left, right) => bridgeHolds(known(left), known(right), weightOf),
    };
  }

  private async compare(tx: Transaction, changed: readonly SourceRecord[]): Promise<Observed> {
    const filed = changed.map((record) => ({ id: record.id, blocks: blockingKeys(record.standard) }));
    if (filed.length === 0) return NOTHING;
    if (filed.every(({ blocks }) => blocks.length === 0)) return this.withdraw(tx, changed);
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await this.records.file(tx, filed);
    const blocks = await this.blocksOf(tx, [...new Set(filed.flatMap((one) => one.blocks))]);
    const past = await this.edges.ofRecords(
      tx,
      changed.map(({ id }) => id),
    );
    const grown = await this.grownOutOf(tx, blocks.tooLarge);
    const found = await this.score(tx, filed, blocks.live, changed);
    const isFound = new Map(found.map((match) => [`${match.recordA}${match.recordB}`, match]));
    const gone = [...past.filter(({ recordA, recordB }) => !isFound.has(`${recordA}${recordB}`)), ...grown];
    await this.edges.remove(
      tx,
      gone.map(({ id }) => id),
    );
    await this.edges.add(tx, found);
    const merging = (match: Pick<StoredMatch, 'weight'>) => match.weight >= this.mergeAt;
    return {
      seeds: [...gone, ...found].filter(merging).flatMap(({ a, b }) => [a, b]),
      suggested: found.filter((match) => !merging(match)),
    };
  }

  /** Records that say too little to be compared: nearly always they never said more. */
  private async withdraw(tx: Transaction, changed: readonly SourceRecord[]): Promise<Observed> {
    const past = await this.edges.ofRecords(
      tx,
      changed.map(({ id }) => id),
    );
    if (past.length === 0) return NOTHING;
    await this.records.file(
      tx,
      changed.map(({ id }) => ({ id, blocks: [] })),
    );
    await this.edges.remove(
      tx,
      past.map(({ id }) => id),
    );
    return { seeds: past.flatMap(({ a, b }) => [a, b]), suggested: [] };
  }

  /** Block → its members, where it is not too large to say anything. */
  private async blocksOf(
    tx: Transaction,
    blocks: string[],
  ): Promise<{ live: Map<string, string[]>; tooLarge: Map<string, string[]> }> {
    const live = new Map<string, string[]>();
    for (const { block, record_id } of await this.records.members(tx, blocks, LARGEST_LIVE_BLOCK + 1))
      live.set(block, [...(live.get(block) ?? []), record_id]);
    const tooLarge = new Map<string, string[]>();
    for (const [block, members] of live) {
      if (members.length <= LARGEST_LIVE_BLOCK) continue;
      tooLarge.set(block, members);
      live.delete(block);
    }
    return { live, tooLarge };
  }

  /** Matches that were found by blocks alone that have grown too large. */
  private async grownOutOf(tx: Transaction, tooLarge: ReadonlyMap<string, string[]>): Promise<StoredMatch[]> {
    if (tooLarge.size === 0) return [];
    const members = [...new Set([...tooLarge.values()].flat())];
    const held = await this.edges.ofRecords(tx, members);
    const suspects = held.filter(({ blocks }) => blocks.some((block) => tooLarge.has(block)));
    const others = [...new Set(suspects.flatMap(({ blocks }) => blocks))].filter(
      (block) => !tooLarge.has(block),
    );
    const { live } = await this.blocksOf(tx, others);
    return suspects.filter(({ blocks }) => !blocks.some((block) => live.has(block)));
  }

  private async score(
    tx: Transaction,
    filed: readonly { id: string; blocks: readonly string[] }[],
    live: ReadonlyMap<string, string[]>,
    changed: readonly SourceRecord[],
  ): Promise<Omit<StoredMatch, 'id'>[]> {
    const met = new Map<string, { ids: [string, string]; blocks: string[] }>();
    for (const { id, blocks } of filed) {
      for (const block of blocks) {
        for (const other of live.get(block) ?? []) {
          if (other === id) continue;
          const ids: [string, string] = id < other ? [id, other] : [other, id];
          const pair = met.get(ids.join('')) ?? { ids, blocks: [] };
          met.set(ids.join(''), pair);
          if (!pair.blocks.includes(block)) pair.blocks.push(block);
        }
      }
    }
    const own = new Map(changed.map((record) => [record.id, record]));
    const missing = [...new Set([...met.values()].flatMap(({ ids }) => ids))].filter((id) => !own.has(id));
    for (const record of await this.records.ofIds(tx, missing)) own.set(record.id, record);
    return [...met.values()].flatMap(({ ids, blocks }) => {
      const [one, other] = ids.map((id) => own.get(id));
      return one && other && one.key !== other.key ? this.matchOf(one, other, blocks) : [];
    });
  }

  private matchOf(one: SourceRecord, other: SourceRecord, blocks: string[]): Omit<StoredMatch, 'id'>[] {
    const { scorer, model } = this.models;
    if (scorer.weight(one.standard, other.standard) < model.thresholds.suggest) return [];
    const score = judgePair(scorer, one.standard, other.standard);
    const at = Math.max(one.at, other.at);
    return [
      {
        recordA: one.id,
        recordB: other.id,
        a: one.key,
        b: other.key,
        rule: 'Fellegi–Sunter',
        weight: score.weight,
        score,
        blocks: blocks.sort(),
        model: model.version,
        at,
      },
    ];
  }
}

function freshRecord(source: string, key: string): SourceRecord {
  const empty = { at: 0, stated: {}, standard: {}, household: null, declaredHousehold: null };
  return { id: newId(), source, key, ...empty };
}
