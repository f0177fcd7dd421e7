/** Characters that are looked at: the marks of one string fit one integer, so that nothing is allocated. */
const LONGEST = 31;
/** Winkler's weight of a common prefix, and the longest prefix that counts. */
const PREFIX_WEIGHT = 0.1;
const LONGEST_PREFIX = 4;

/**
 * Jaro-Winkler similarity, 0 to 1 (Winkler 1990, "String Comparator Metrics and Enhanced Decision Rules in the
 * Fellegi-Sunter Model of Record Linkage"). Strings are compared on their first 31 characters.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  // Characters are matched greedily, so that the order could matter: one order for both.
  return a < b ? ordered(a, b) : ordered(b, a);
}

function ordered(a: string, b: string): number {
  const lengthA = Math.min(a.length, LONGEST);
  const lengthB = Math.min(b.length, LONGEST);
  if (lengthA === 0 || lengthB === 0) return 0;
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1);
  let marksA = 0;
  let marksB = 0;
  let common = 0;
  for (let i = 0; i < lengthA; i++) {
    const code = a.charCodeAt(i);
    const end = Math.min(i + reach + 1, lengthB);
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if ((marksB >> j) & 1 || b.charCodeAt(j) !== code) continue;
      marksA |= 1 << i;
      marksB |= 1 << j;
      common++;
      break;
    }
  }
  if (common === 0) return 0;
  let outOfOrder = 0;
  for (let i = 0, j = 0; i < lengthA; i++) {
    if (!((marksA >> i) & 1)) continue;
    while (!((marksB >> j) & 1)) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) outOfOrder++;
    j++;
  }
  const jaro = (common / lengthA + common / lengthB + (common - (outOfOrder >> 1)) / common) / 3;
  let prefix = 0;
  const longestPrefix = Math.min(LONGEST_PREFIX, lengthA, lengthB);
  while (prefix < longestPrefix && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

/**
 * True when two strings are at least this similar. Strings that share neither their first nor their last character are
 * not looked at further: hardly any are one name, and most pairs of strangers end here.
 */
export function isSimilar(a: string, b: string, least: number): boolean {
  if (a.charCodeAt(0) !== b.charCodeAt(0) && a.charCodeAt(a.length - 1) !== b.charCodeAt(b.length - 1))
    return false;
  return jaroWinkler(a, b) >= least;
}
