/** Spellings of one sound, the longest first. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^(kn|gn|pn|ps)/, 'n'],
  [/^wr/, 'r'],
  [/^x/, 's'],
  [/ph|gh(?=t)|v/g, 'f'],
  [/gh/g, 'g'],
  [/sch|tch|ch|sh|cz|sz|zh/g, 'x'],
  [/ck|cq|qu|c(?=[aoukrltq]|$)|q|c/g, 'k'],
  [/dg(?=[eiy])|j|g(?=[eiy])/g, 'j'],
  [/z|s+/g, 's'],
  [/th|dt|tt|d/g, 't'],
  [/b/g, 'p'],
  [/m/g, 'n'],
];

/**
 * How a name sounds, roughly: consonants grouped by sound in the manner of Soundex and Metaphone (Russell 1918,
 * Philips 1990), vowels only in first place. It brings records together to be compared; it never says they agree.
 */
export function phoneticKey(word: string): string {
  let sound = word.replaceAll(' ', '');
  for (const [spelling, letter] of SOUNDS) sound = sound.replace(spelling, letter);
  const first = sound.charAt(0).replace(/[aeiouyhw]/, 'a');
  return (first + sound.slice(1).replace(/[aeiouyhw]/g, '')).replace(/(.)\1+/g, '$1').slice(0, 5);
}
