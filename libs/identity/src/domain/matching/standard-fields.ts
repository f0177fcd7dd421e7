/** The slots of a standardised record, in the order in which they are kept. */
export const STANDARD_SLOTS = [
  'given',
  'middle',
  'family',
  'family2',
  'born',
  'gender',
  'occupation',
  'birthPlace',
  'house',
  'street',
  'line2',
  'city',
  'region',
  'postal',
  'country',
  'address',
  'email',
  'phone',
  'nationalId',
  'socialSecurity',
  'passport',
  'drivingLicence',
] as const;

export type StandardSlot = (typeof STANDARD_SLOTS)[number];

/**
 * A record brought into comparable form: lower-case ASCII, one way to write each thing. A slot that is missing, blank
 * or a placeholder is absent. Plain JSON, so that it can be kept beside the source values.
 *
 * - `born` is `YYYY-MM-DD`, with `00` or `0000` for a part that is not known
 * - `gender` is `f`, `m` or `x`
 * - `phone` is E.164 where the number is valid, else its digits
 * - names, places and `address` are words parted by one space
 */
export type StandardFields = { readonly [Slot in StandardSlot]?: string };
