import { withinOneEdit } from '../similarity/edit-distance.js';
import { isSimilar } from '../similarity/jaro-winkler.js';
import { areNicknames } from '../similarity/nicknames.js';
import type { StandardFields } from '../standard-fields.js';
import { MISSING } from './comparison.js';

/** exact, nickname, typing error, initial or short form, similar, different. */
export const NAME_LEVELS = [
  'exact',
  'nickname',
  'typing error',
  'short form',
  'similar',
  'different',
] as const;
const [EXACT, NICKNAME, TYPO, SHORT, SIMILAR, DIFFERENT] = [0, 1, 2, 3, 4, 5];

export function nameLevel(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return MISSING;
  if (a === b) return EXACT;
  if (areNicknames(a, b)) return NICKNAME;
  const shorter = Math.min(a.length, b.length);
  if (shorter >= 3 && withinOneEdit(a, b)) return TYPO;
  if (a.startsWith(b) || b.startsWith(a)) return SHORT;
  if (!isSimilar(a, b, 0.8)) return DIFFERENT;
  return isSimilar(a, b, 0.92) ? TYPO : SIMILAR;
}

/** How much each level says for an order of the names. */
const SUPPORT = [6, 5, 5, 3, 2, 0];
const supportOf = (level: number): number => (level === MISSING ? 0 : (SUPPORT[level] as number));

/** Levels of given and family name, and whether they were read in the other's place. */
export interface NameLevels {
  given: number;
  family: number;
  swapped: boolean;
}

/** Compares given with given and family with family, or crosswise where that fits clearly better. */
export function compareNames(a: StandardFields, b: StandardFields, out: NameLevels): void {
  out.given = nameLevel(a.given, b.given);
  out.family = nameLevel(a.family, b.family);
  out.swapped = false;
  const support = supportOf(out.given) + supportOf(out.family);
  if (support > 6) return;
  const cross = nameLevel(a.given, b.family);
  const crossed = nameLevel(a.family, b.given);
  if (supportOf(cross) + supportOf(crossed) < support + 4) return;
  const flipped = isFlipped(a, b);
  out.given = flipped ? crossed : cross;
  out.family = flipped ? cross : crossed;
  out.swapped = true;
}

/** Which of two records lends its order of names when they are compared crosswise: the same one either way round. */
export function isFlipped(a: StandardFields, b: StandardFields): boolean {
  return orderOf(a) > orderOf(b);
}

const orderOf = ({ given, family }: StandardFields): string => `${given ?? ''} ${family ?? ''}`;

const isAmong = (word: string, others: readonly string[]): boolean =>
  others.some(
    (other) => other === word || (Math.min(word.length, other.length) >= 4 && withinOneEdit(word, other)),
  );

/** Other names: the same (0), an initial or part of them (1), different (2). */
export function compareMiddle(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return MISSING;
  if (a === b) return 0;
  const left = a.split(' ');
  const right = b.split(' ');
  if (left.some((word) => isAmong(word, right))) return 1;
  return left[0]?.charAt(0) === right[0]?.charAt(0) && (left[0]?.length === 1 || right[0]?.length === 1)
    ? 1
    : 2;
}
