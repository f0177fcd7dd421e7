import { stages } from '@repartee/learning/domain';
import { engagementLevels, engagementQuestions } from '../catalogue/index.js';
import { type DropRule, dropRules, type Evaluation } from '../decide/index.js';
import type { ReceiptCandidate } from './receipt.js';
import type { Roster } from './roster.js';

/** P is kept in billionths. */
const BILLION = 1e9;
const MAX_DETAIL = 48;
/** Pairs of C and L that are looked for among those before; context weights are few, as a rule. */
const LOOK_BACK = 8;

/**
 * A row is two words of 32 bits, little-endian. From the lowest bit on the first has: which rule dropped the offer (5 bits, 0:
 * none before ranking), the stage (3), the question (2) and the level (2) of the engagement policy that objected (0: none), and
 * a note (20; 0: none), which is the number of C and L among the ratings, or of the words among the details. The second is P in
 * billionths.
 */
const ROW_BYTES = 8;
const STAGE = 5;
const QUESTION = 8;
const LEVEL = 10;
const NOTE = 12;

const RULES = numbered(dropRules);
const STAGES = numbered(stages);
const QUESTIONS = numbered(engagementQuestions);
const LEVELS = numbered(engagementLevels);

/** The candidates of a receipt, packed. */
export interface CandidateRows {
  /** Which offers of the roster they are, in the order in which they were considered: `[first, how many, first, …]`. */
  runs: number[];
  /** `[C, L, C, L, …]` of rows that have a note; the others have C = 1 and the L of the roster. */
  ratings: number[];
  /** What was unknown, or which policy, experiment or offer keeps an offer away. */
  details: string[];
  /** `[row, zone, place]` of those that were chosen; zones by their number in the request. */
  chosen: [number, number, number][];
  /** Base64. */
  rows: string;
}

/** Packs what was found about offers into few bytes: a receipt is written for every decision. */
export class CandidatePacker {
  private bytes = Buffer.alloc(128 * ROW_BYTES);
  private view = viewOf(this.bytes);

  pack(evaluations: readonly Evaluation[]): CandidateRows {
    const length = evaluations.length * ROW_BYTES;
    if (length > this.bytes.length) {
      this.bytes = Buffer.alloc(2 * length);
      this.view = viewOf(this.bytes);
    }
    const { view } = this;
    const packed: CandidateRows = { runs: [], ratings: [], details: [], chosen: [], rows: '' };
    let next = -1;
    for (let row = 0; row < evaluations.length; row += 1) {
      const evaluation = evaluations[row]!;
      const { index } = evaluation.offer;
      if (index !== next) packed.runs.push(index, 0);
      packed.runs[packed.runs.length - 1]! += 1;
      next = index + 1;
      const { dropped, zone, place } = evaluation;
      const rated = dropped === null || dropped === 'outranked';
      const rest = rated
        ? ratingNote(evaluation, packed.ratings) << NOTE
        : objection(evaluation, dropped, packed.details);
      view.setUint32(row * ROW_BYTES, (STAGES[evaluation.stage]! << STAGE) | rest, true);
      view.setUint32(row * ROW_BYTES + 4, rated ? Math.round(evaluation.propensity * BILLION) : 0, true);
      if (rated && zone >= 0) packed.chosen.push([row, zone, place]);
    }
    packed.rows = this.bytes.toString('base64', 0, length);
    return packed;
  }
}

/** One more than the number of C and L among the ratings; 0 where they are the usual ones. */
function ratingNote({ contextWeight, lever, offer }: Evaluation, ratings: number[]): number {
  if (contextWeight === 1 && lever === offer.lever) return 0;
  const end = Math.min(ratings.length, 2 * LOOK_BACK);
  for (let at = 0; at < end; at += 2)
    if (ratings[at] === contextWeight && ratings[at + 1] === lever) return at / 2 + 1;
  ratings.push(contextWeight, lever);
  return ratings.length / 2;
}

function objection({ detail, question, level }: Evaluation, dropped: DropRule, details: string[]): number {
  const note = detail === null ? 0 : numberOf(detail.slice(0, MAX_DETAIL), details) + 1;
  const policy =
    question === null || level === null
      ? 0
      : ((QUESTIONS[question]! + 1) << QUESTION) | ((LEVELS[level]! + 1) << LEVEL);
  return (RULES[dropped]! + 1) | policy | (note << NOTE);
}

function numberOf(detail: string, details: string[]): number {
  const known = details.indexOf(detail);
  return known >= 0 ? known : details.push(detail) - 1;
}

/** @throws Error when they are not rows of this roster */
export function unpackCandidates(
  { runs, ratings, details, chosen, rows }: CandidateRows,
  roster: Roster,
  zones: readonly string[],
): Omit<ReceiptCandidate, 'priority'>[] {
  const bytes = Buffer.from(rows, 'base64');
  const view = viewOf(bytes);
  const places = new Map(chosen.map(([row, zone, place]) => [row, { zone: zones[zone] ?? null, place }]));
  const count = runs.reduce((sum, number, at) => (at % 2 === 1 ? sum + number : sum), 0);
  if (bytes.length !== count * ROW_BYTES) throw new Error('the rows of the receipt are not whole');
  return indicesOf(runs).map((index, row) => {
    const entry = roster[index];
    if (!entry) throw new Error(`the roster has no offer ${index}`);
    const [offer, value, ownLever] = entry;
    const word = view.getUint32(row * ROW_BYTES, true);
    const stage = stages[(word >>> STAGE) & 7] ?? 'new';
    const rule = dropRules[(word & 31) - 1];
    const note = (word >>> NOTE) - 1;
    if (rule !== undefined) {
      const question = engagementQuestions[((word >>> QUESTION) & 3) - 1] ?? null;
      const level = engagementLevels[((word >>> LEVEL) & 3) - 1] ?? null;
      const found = { dropped: rule, detail: details[note] ?? null, question, level };
      return { offer, stage, zone: null, place: null, ...found, ...UNRATED };
    }
    const { zone = null, place = null } = places.get(row) ?? {};
    return {
      offer,
      stage,
      zone,
      place,
      dropped: zone === null ? 'outranked' : null,
      detail: null,
      question: null,
      level: null,
      propensity: view.getUint32(row * ROW_BYTES + 4, true) / BILLION,
      contextWeight: ratings[2 * note] ?? 1,
      value,
      lever: ratings[2 * note + 1] ?? ownLever,
    };
  });
}

const UNRATED = { propensity: null, contextWeight: null, value: null, lever: null };

function indicesOf(runs: readonly number[]): number[] {
  const indices: number[] = [];
  for (let at = 0; at < runs.length; at += 2)
    for (let more = 0; more < runs[at + 1]!; more += 1) indices.push(runs[at]! + more);
  return indices;
}

function numbered<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, number) => [name, number])) as Record<Name, number>;
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
