import { blockChanges, blockingKeys, judgePair, type PairScorer } from '../../domain/index.js';
import type { StoredMatch } from '../../persistence/match-edges.js';
import type { ComparedRecord, NearRecords, SourceRecord } from '../../persistence/source-records.js';

/** What became of a record: its blocking keys now, those it came under and those it left. */
export interface Move {
  record: SourceRecord;
  /** Nobody was compared with it before. */
  fresh: boolean;
  /** It may be like others than before, or unlike them. */
  changed: boolean;
  keys: string[];
  gained: string[];
  lost: string[];
}

/** Compares a record with what was stored of it. */
export function moveOf(was: SourceRecord | undefined, record: SourceRecord): Move {
  const same = was !== undefined && JSON.stringify(was.standard) === JSON.stringify(record.standard);
  const before = was ? blockingKeys(was.standard) : [];
  const keys = same ? before : blockingKeys(record.standard);
  const [held, now] = [new Set(before), new Set(keys)];
  return {
    record,
    fresh: was === undefined,
    changed: !same || was.at !== record.at,
    keys,
    gained: keys.filter((key) => !held.has(key)),
    lost: before.filter((key) => !now.has(key)),
  };
}

/** A match that is not stored yet. */
export type FoundMatch = Omit<StoredMatch, 'id'>;

/** The pairs of records that some block brings together, each once. */
export class Pairs {
  private readonly met = new Map<string, [ComparedRecord, ComparedRecord]>();

  /** Records of one identifier are one person's anyhow. */
  add(one: ComparedRecord, other: ComparedRecord): void {
    if (one.key === other.key) return;
    const pair: [ComparedRecord, ComparedRecord] = one.id < other.id ? [one, other] : [other, one];
    this.met.set(`${pair[0].id}${pair[1].id}`, pair);
  }

  /** Those that are alike enough to be kept. */
  matches(scorer: PairScorer): FoundMatch[] {
    return [...this.met.values()].flatMap(([one, other]) => matchOf(scorer, one, other));
  }
}

/** Adds the pairs of records that changed with all that a block brings them together with. */
export function meet(pairs: Pairs, moves: readonly Move[], met: NearRecords['met']): void {
  const own = new Map<string, ComparedRecord[]>();
  for (const { record, keys } of moves)
    for (const block of keys) {
      const filed = own.get(block);
      if (filed) filed.push(record);
      else own.set(block, [record]);
    }
  for (const { record, blocks } of met)
    for (const block of blocks) for (const one of own.get(block) ?? []) pairs.add(one, record);
}

/** Adds all pairs within each block. */
export function meetAll(pairs: Pairs, met: NearRecords['met']): void {
  const members = new Map<string, ComparedRecord[]>();
  for (const { record, blocks } of met)
    for (const block of blocks) {
      const others = members.get(block) ?? [];
      for (const other of others) pairs.add(record, other);
      members.set(block, [...others, record]);
    }
}

function matchOf(scorer: PairScorer, one: ComparedRecord, other: ComparedRecord): FoundMatch[] {
  const { model } = scorer;
  if (scorer.weight(one.standard, other.standard) < model.thresholds.suggest) return [];
  const score = judgePair(scorer, one.standard, other.standard);
  const theirs = new Set(blockingKeys(other.standard));
  return [
    {
      recordA: one.id,
      recordB: other.id,
      a: one.key,
      b: other.key,
      rule: 'Fellegi–Sunter',
      weight: score.weight,
      score,
      blocks: blockingKeys(one.standard)
        .filter((block) => theirs.has(block))
        .sort(),
      model: model.version,
      at: Math.max(one.at, other.at),
    },
  ];
}

/** Names the two records of a match. */
export function pairName({ recordA, recordB }: Pick<StoredMatch, 'recordA' | 'recordB'>): string {
  return `${recordA}${recordB}`;
}

/** What the blocks of these records went through; of those that no record stays in, nobody is asked for. */
export function changesOf(
  moves: readonly Move[],
): Map<string, { gained: number; lost: number; asks: boolean }> {
  const asked = new Set(moves.flatMap(({ keys }) => keys));
  return new Map(
    [...blockChanges(moves)].map(([block, change]) => [block, { ...change, asks: asked.has(block) }]),
  );
}
