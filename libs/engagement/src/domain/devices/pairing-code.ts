/**
 * Twenty consonants: no code spells a word, and none holds letters that look alike (RFC 8628 §6.1). Eight of them are
 * 20⁸ ≈ 2³⁴ codes.
 */
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;
const CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** Random bytes that make one code: two each, so that the remainder of 20 favours no letter by more than 0.04 %. */
export const CODE_BYTES = LENGTH * 2;

/** A code as people read it from a screen: `BCDF-GHJK`. @param random {@link CODE_BYTES} bytes */
export function formatCode(random: Buffer): string {
  const letters = Array.from(
    { length: LENGTH },
    (_, at) => ALPHABET[random.readUInt16BE(at * 2) % ALPHABET.length],
  );
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** Reads a code as people type it, in any case, with or without the hyphen; `null` when it is none. */
export function readCode(typed: string): string | null {
  if (typed.length > 20) return null;
  const letters = typed.toUpperCase().replace(/[\s-]/g, '');
  return CODE.test(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null;
}
