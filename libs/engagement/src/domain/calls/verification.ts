/** How surely the caller is who they are taken for. A number alone is a hint and proves nothing. */
export const verifications = ['none', 'partial', 'full'] as const;
export type Verification = (typeof verifications)[number];

/** Words by which telephone systems say that the caller hides their number. */
const WITHHELD = new Set([
  'anonymous',
  'restricted',
  'unavailable',
  'unknown',
  'private',
  'blocked',
  '+266696687',
  '+86282452253',
  '+464',
  '+7378742833',
  '+2562533',
  '+8656696',
]);

/**
 * Whether a caller's number is withheld: the usual words, and the numbers that spell them, as Twilio reports them
 * (https://help.twilio.com/articles/223179988).
 */
export function isWithheld(number: string): boolean {
  const plain = number
    .trim()
    .toLowerCase()
    .replace(/^sips?:([^@]*)@.*$/, '$1');
  return plain === '' || WITHHELD.has(plain);
}
