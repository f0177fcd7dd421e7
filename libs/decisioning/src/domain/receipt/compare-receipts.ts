import type { Receipt, ReceiptCandidate } from './receipt.js';

/** One thing that came out otherwise when it was decided again. */
export interface Difference {
  /** Null: the list of candidates itself. */
  offer: string | null;
  field: keyof ReceiptCandidate | 'candidates';
  recorded: unknown;
  replayed: unknown;
}

/** What a decision says of each candidate. `priority` follows from the others. */
const FIELDS = [
  'stage',
  'dropped',
  'detail',
  'question',
  'level',
  'zone',
  'place',
  'propensity',
  'contextWeight',
  'value',
  'lever',
] as const satisfies readonly (keyof ReceiptCandidate)[];

/** Compares what was recorded with what came out when it was decided again. None: it is the same. */
export function differencesOf(recorded: Receipt, replayed: Receipt): Difference[] {
  const before = recorded.candidates.map(({ offer }) => offer);
  const after = replayed.candidates.map(({ offer }) => offer);
  if (before.join('\n') !== after.join('\n'))
    return [{ offer: null, field: 'candidates', recorded: before, replayed: after }];
  return recorded.candidates.flatMap((candidate, index) => {
    const other = replayed.candidates[index]!;
    // It was chosen, and then its content failed: deciding again does not render.
    if (candidate.dropped === 'not-renderable' && other.zone !== null) return [];
    return FIELDS.filter((field) => candidate[field] !== other[field]).map((field) => ({
      offer: candidate.offer,
      field,
      recorded: candidate[field],
      replayed: other[field],
    }));
  });
}
