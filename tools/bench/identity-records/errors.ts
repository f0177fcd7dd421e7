import type { SeededRandom } from './random.js';

const NEIGHBOURS: Readonly<Record<string, string>> = {
  a: 'sqz',
  b: 'vn',
  c: 'xv',
  d: 'sf',
  e: 'wr',
  f: 'dg',
  g: 'fh',
  h: 'gj',
  i: 'uo',
  j: 'hk',
  k: 'jl',
  l: 'k',
  m: 'n',
  n: 'bm',
  o: 'ip',
  p: 'o',
  q: 'wa',
  r: 'et',
  s: 'ad',
  t: 'ry',
  u: 'yi',
  v: 'cb',
  w: 'qe',
  x: 'zc',
  y: 'tu',
  z: 'ax',
};

/** One slip of a typist: a character dropped, doubled, swapped with the next, or the key beside it. */
export function typingError(text: string, random: SeededRandom): string {
  if (text.length < 2) return text;
  const at = random.between(0, text.length - 1);
  const char = text.charAt(at);
  switch (random.between(0, 3)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + char + text.slice(at);
    case 2:
      return text.slice(0, at) + text.charAt(at + 1) + char + text.slice(at + 2);
    default: {
      const wrong = /\d/.test(char)
        ? String(random.between(0, 9))
        : random.pick([...(NEIGHBOURS[char] ?? 'e')]);
      return text.slice(0, at) + wrong + text.slice(at + 1);
    }
  }
}

/** A date as `YYYY-MM-DD` with day and month swapped, one digit wrong, or only its year. */
export function dateError(date: string, random: SeededRandom): string {
  const [year, month, day] = date.split('-') as [string, string, string];
  const kind = random.next();
  if (kind < 0.3) return `${year}-${day}-${month}`;
  if (kind < 0.45) return `${year}-01-01`;
  const at = random.pick([2, 3, 5, 6, 8, 9]);
  return date.slice(0, at) + String(random.between(0, 9)) + date.slice(at + 1);
}
