import { Inject, Injectable, Optional } from '@nestjs/common';
import { newId, type Transaction } from '@repartee/platform';
import {
  bridgeHolds,
  householdOf,
  LARGEST_BLOCK,
  type MatchRules,
  MOST_RECORDS,
  standardise,
  stateFields,
  type Told,
  valuesOf,
} from '../../domain/index.js';
import { lockMatching } from '../../persistence/matching-lock.js';
import { MatchEdges, type StoredMatch } from '../../persistence/match-edges.js';
import { BLOCK_LIMIT } from '../../persistence/rematch-backlog.js';
import { type SourceRecord, SourceRecords } from '../../persistence/source-records.js';
import { MatchModels } from './match-models.js';
import {
  changesOf,
  type FoundMatch,
  meet,
  meetAll,
  type Move,
  moveOf,
  pairName,
  Pairs,
} from './record-moves.js';

/** What came of comparing. */
export interface Observed {
  /** Keys around which matches that hold people together came or went. */
  seeds: string[];
  /** Matches too weak to merge and too strong to pass over. */
  suggested: FoundMatch[];
}

const NOTHING: Observed = { seeds: [], suggested: [] };

/** Compares what trusted sources say of people, as they say it. What a browser claims never enters here. */
@Injectable()
export class StreamingMatcher {
  constructor(
    @Inject(SourceRecords) private readonly records: SourceRecords,
    @Inject(MatchEdges) private readonly edges: MatchEdges,
    @Inject(MatchModels) private readonly models: MatchModels,
    /** Records in a block at most. */
    @Optional() @Inject(BLOCK_LIMIT) private readonly largest: number = LARGEST_BLOCK,
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
    // Before anything is read: what another transaction files meanwhile must be seen.
    await lockMatching(tx);
    const held = new Map((await this.records.find(tx, stating)).map((record) => [nameOf(record), record]));
    const touched = new Map<string, SourceRecord>();
    for (const { event, source, key, fields, household } of stating) {
      const name = nameOf({ source, key });
      const was = touched.get(name) ?? held.get(name) ?? freshRecord(source, key, event.at);
      const stated = stateFields(was.stated, fields, event.at, event.id);
      const declaredHousehold = household ?? was.declaredHousehold;
      touched.set(name, { ...was, stated, declaredHousehold, at: Math.min(was.at, event.at) });
    }
    const moves = [...touched].map(([name, record]) => {
      const standard = standardise(valuesOf(record.stated));
      const household = householdOf(standard, record.declaredHousehold ?? undefined) ?? null;
      return moveOf(held.get(name), { ...record, standard, household });
    });
    await this.records.save(tx, moves);
    return this.compare(
      tx,
      moves.filter(({ changed }) => changed),
    );
  }

  /** Files and compares records again: by a new model, or because what they share blocks with has changed. */
  async rematch(tx: Transaction, records: readonly SourceRecord[]): Promise<Observed> {
    await lockMatching(tx);
    const moves = records.map((record) => moveOf(record, record));
    await this.records.file(
      tx,
      moves.map(({ record, keys }) => ({ id: record.id, blocks: keys })),
    );
    return this.compare(tx, moves);
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

  private async compare(tx: Transaction, moves: readonly Move[]): Promise<Observed> {
    if (moves.length === 0) return NOTHING;
    const near = await this.records.near(tx, changesOf(moves), this.largest);
    const past = await this.edges.ofRecords(
      tx,
      moves.filter(({ fresh }) => !fresh).map(({ record }) => record.id),
    );
    const outgrown = await this.outgrown(tx, near.grown, moves);
    const pairs = new Pairs();
    meet(pairs, moves, near.met);
    await this.meetAgain(tx, near.shrunk, pairs);
    const found = pairs.matches(this.models.scorer);
    const isFound = new Set(found.map(pairName));
    const gone = [...past, ...outgrown].filter((match) => !isFound.has(pairName(match)));
    await this.edges.remove(
      tx,
      gone.map(({ id }) => id),
    );
    await this.edges.add(tx, found);
    const merging = (match: Pick<StoredMatch, 'weight'>) => match.weight >= this.mergeAt;
    return {
      // A record that says something else may cut or mend a bridge without a match of its own.
      seeds: [
        ...moves.map(({ record }) => record.key),
        ...[...gone, ...found].filter(merging).flatMap(({ a, b }) => [a, b]),
      ],
      suggested: found.filter((match) => !merging(match)),
    };
  }

  /** Matches among the members of blocks that link no longer, where no other block links the two. */
  private async outgrown(
    tx: Transaction,
    grown: readonly string[],
    moves: readonly Move[],
  ): Promise<StoredMatch[]> {
    if (grown.length === 0) return [];
    const isGrown = new Set(grown);
    const members = await this.records.members(tx, grown, this.largest + moves.length);
    const suspects = (await this.edges.ofRecords(tx, [...new Set([...members.values()].flat())])).filter(
      ({ blocks }) => blocks.some((block) => isGrown.has(block)),
    );
    const others = new Set(suspects.flatMap(({ blocks }) => blocks));
    const held = await this.records.members(tx, [...others], this.largest + 1);
    const links = (block: string) => (held.get(block)?.length ?? 0) <= this.largest;
    return suspects.filter(({ blocks }) => !blocks.some(links));
  }

  /** Compares the members of blocks that have become small enough to link again. */
  private async meetAgain(tx: Transaction, shrunk: readonly string[], pairs: Pairs): Promise<void> {
    if (shrunk.length === 0) return;
    const asks = new Map(shrunk.map((block) => [block, { gained: 0, lost: 0, asks: true }]));
    meetAll(pairs, (await this.records.near(tx, asks, this.largest)).met);
  }
}

/** Names a record: one of each source for each identifier. */
function nameOf({ source, key }: Pick<SourceRecord, 'source' | 'key'>): string {
  return `${source}\n${key}`;
}

/** @param at event time of the first word, milliseconds since the epoch */
function freshRecord(source: string, key: string, at: number): SourceRecord {
  const empty = { stated: {}, standard: {}, household: null, declaredHousehold: null };
  return { id: newId(), source, key, at, ...empty };
}
