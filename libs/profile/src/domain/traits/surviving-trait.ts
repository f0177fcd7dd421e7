import { fnv1a } from './hash.js';
import type { RankOf } from './source-rank.js';
import { byRecency, type Candidate, later, type Statement } from './statement.js';
import { type TraitPolicy, weighsValues } from './trait-policy.js';

/** A trait: the statement that survived, and those of others that did not. */
export interface TraitEntry extends Candidate {
  /** Kept only where there is more than one voice. Newest first, without the survivor. */
  others?: Candidate[];
}

/** Sources whose latest word is kept, and values that are counted, per trait. */
const MAX_SOURCES = 12;
const MAX_VALUES = 32;

/**
 * Brings a statement into a trait. What results is a pure function of the set of statements: the latest one of each
 * source (told apart by whether it was proved) is kept, or for rules that weigh values each value of each source with
 * its count, and the survivor is chosen among them.
 */
export function hearTrait(
  held: TraitEntry | undefined,
  said: Statement,
  policy: TraitPolicy,
  rankOf: RankOf,
): TraitEntry {
  const counts = weighsValues(policy) && said.value !== null;
  const entry = counts ? { ...said, count: 1 } : said;
  if (!held) return entry;
  if (!counts && sameVoice(held, said)) return later(held, said) ? held : said;
  return joinTraits(held, entry, policy, rankOf);
}

/** Nearly every statement: the one source that ever spoke speaks again. */
function sameVoice(held: TraitEntry, said: Statement): boolean {
  return (
    !held.others &&
    held.source === said.source &&
    held.verified === said.verified &&
    held.value !== null &&
    said.value !== null
  );
}

/** Two traits of one person, each from statements of its own: counts add up. Commutes and associates. */
export function joinTraits(a: TraitEntry, b: TraitEntry, policy: TraitPolicy, rankOf: RankOf): TraitEntry {
  return settle([a, b], policy, rankOf, (one, other) => one + other);
}

/** The same trait read twice, perhaps in part: joining what is known already changes nothing. */
export function reconcileTraits(
  a: TraitEntry,
  b: TraitEntry,
  policy: TraitPolicy,
  rankOf: RankOf,
): TraitEntry {
  return settle([a, b], policy, rankOf, Math.max);
}

function settle(
  entries: TraitEntry[],
  policy: TraitPolicy,
  rankOf: RankOf,
  count: (a: number, b: number) => number,
): TraitEntry {
  const voices = new Map<string, Candidate>();
  for (const entry of entries) {
    for (const candidate of candidatesOf(entry)) {
      const key = voiceOf(candidate, policy);
      voices.set(key, joined(voices.get(key), candidate, policy, count));
    }
  }
  const kept = bounded(voices, policy, rankOf);
  const survivor = survive(kept, policy, rankOf);
  const others = kept.filter((candidate) => candidate !== survivor).sort(byRecency);
  return others.length > 0 ? { ...survivor, others } : survivor;
}

/** Everything that is kept of a trait, as separate statements. */
export function candidatesOf({ others, ...survivor }: TraitEntry): Candidate[] {
  return [survivor, ...(others ?? [])];
}

/** All removals are one voice: only the latest matters. */
function voiceOf(candidate: Candidate, policy: TraitPolicy): string {
  if (candidate.value === null) return '';
  const source = `${candidate.verified ? 1 : 0} ${candidate.source}`;
  return weighsValues(policy) ? `${source} ${JSON.stringify(candidate.value)}` : source;
}

function joined(
  a: Candidate | undefined,
  b: Candidate,
  policy: TraitPolicy,
  combine: (a: number, b: number) => number,
): Candidate {
  const { count = 1, ...said } = !a || later(b, a) ? b : a;
  if (!weighsValues(policy) || said.value === null) return said;
  return { ...said, count: a ? combine(a.count ?? 1, b.count ?? 1) : count };
}

/**
 * Keeps a trait small, in a way that every order of arrival ends the same: sources by an order that only rises as they
 * speak (the newest, the most trusted first); values by their hash, which never changes, so that what is counted was
 * counted from its first mention (a bottom-k sample; Cohen & Kaplan, "Summarizing data using bottom-k sketches", 2007).
 */
function bounded(voices: Map<string, Candidate>, policy: TraitPolicy, rankOf: RankOf): Candidate[] {
  const removal = voices.get('');
  voices.delete('');
  let kept: Candidate[];
  if (weighsValues(policy)) {
    kept = [...voices]
      .map(([key, candidate]) => ({ key, hash: fnv1a(key), candidate }))
      .sort((a, b) => a.hash - b.hash || (a.key < b.key ? -1 : 1))
      .slice(0, MAX_VALUES)
      .map(({ candidate }) => candidate);
  } else {
    const rank = policy.rule === 'most_trusted' ? (one: Candidate) => rankOf(one.source).rank : () => 0;
    kept = [...voices.values()]
      .filter((candidate) => !removal || later(candidate, removal))
      .sort((a, b) => Number(b.verified) - Number(a.verified) || rank(b) - rank(a) || byRecency(a, b))
      .slice(0, MAX_SOURCES);
  }
  return removal ? [...kept, removal] : kept;
}

/** What was proved beats what was claimed; among equals the rule decides, and then the most recent. */
function survive(candidates: Candidate[], policy: TraitPolicy, rankOf: RankOf): Candidate {
  const removal = candidates.find((candidate) => candidate.value === null);
  const standing = candidates.filter(
    (candidate) => candidate.value !== null && (!removal || later(candidate, removal)),
  );
  const weight = weightOf(standing, policy, rankOf);
  const [best] = standing.toSorted(
    (a, b) => Number(b.verified) - Number(a.verified) || weight(b) - weight(a) || byRecency(a, b),
  );
  const survivor = best ?? removal;
  if (!survivor) throw new Error('a trait without a statement');
  return survivor;
}

function weightOf(
  candidates: Candidate[],
  policy: TraitPolicy,
  rankOf: RankOf,
): (candidate: Candidate) => number {
  switch (policy.rule) {
    case 'most_recent':
      return () => 0;
    case 'most_trusted':
      return ({ source }) => rankOf(source).rank;
    case 'longest':
      return ({ value }) => lengthOf(value);
    case 'most_frequent':
      return votes(candidates);
    case 'custom':
      return scores(candidates, policy, rankOf);
  }
}

function lengthOf(value: unknown): number {
  return [...(typeof value === 'string' ? value.trim() : JSON.stringify(value))].length;
}

function votes(candidates: Candidate[]): (candidate: Candidate) => number {
  const counted = new Map<string, number>();
  for (const { value, count = 1 } of candidates) {
    const key = JSON.stringify(value);
    counted.set(key, (counted.get(key) ?? 0) + count);
  }
  return ({ value }) => counted.get(JSON.stringify(value)) ?? 0;
}

/** What a custom rule sees of a candidate. */
function seen(candidate: Candidate, rankOf: RankOf): object {
  const { value, source, verified, at, count = 1 } = candidate;
  const { rank, party } = rankOf(source);
  return { value, source, rank, party, verified, at: new Date(at), count, length: lengthOf(value) };
}

/** A candidate whose score cannot be told comes after all whose score can. */
function scores(candidates: Candidate[], policy: TraitPolicy, rankOf: RankOf): (one: Candidate) => number {
  const all = candidates
    .toSorted(byRecency)
    .map((candidate) => ({ candidate, view: seen(candidate, rankOf) }));
  const views = all.map(({ view }) => view);
  const scored = new Map(
    all.map(({ candidate, view }) => [
      candidate,
      policy.score?.evaluate({ candidate: view, candidates: views }) ?? Number.MIN_SAFE_INTEGER,
    ]),
  );
  return (candidate) => scored.get(candidate) ?? Number.MIN_SAFE_INTEGER;
}
