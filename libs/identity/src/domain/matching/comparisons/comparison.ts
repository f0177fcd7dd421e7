import type { StandardSlot } from '../standard-fields.js';

/** The questions asked of a pair of records. Each is answered by a level, or by nothing where a value is missing. */
export type ComparisonName =
  | 'given_name'
  | 'family_name'
  | 'name_order'
  | 'middle_name'
  | 'name_in_email'
  | 'date_of_birth'
  | 'gender'
  | 'occupation'
  | 'birth_place'
  | 'postal_code'
  | 'city'
  | 'region'
  | 'country'
  | 'street'
  | 'house_number'
  | 'address_line_2'
  | 'full_address'
  | 'email'
  | 'phone'
  | 'national_id'
  | 'social_security_number'
  | 'passport_number'
  | 'driving_licence';

/** Neither agreement nor disagreement: a value is missing on one side, or the question does not arise. */
export const MISSING = -1;

/** What is known of a comparison before any data were seen. */
export interface Comparison {
  readonly name: ComparisonName;
  /** Names of the levels, the best first; the last is disagreement. */
  readonly levels: readonly string[];
  /** What the comparison reads first: the slot whose values are counted and shown. */
  readonly slot: StandardSlot;
  /** Probability of each level among records of one person and of two: where learning starts and what bounds it. */
  readonly m: readonly number[];
  readonly u: readonly number[];
  /**
   * Probability of each level among different people who live or work together. Left out where such people are no
   * more alike than strangers.
   */
  readonly shared?: readonly number[];
  /** Levels at which a rare value weighs more than a common one. */
  readonly termLevels: number;
  /** An earlier comparison whose answer this one depends on, as a city on its postal code. */
  readonly given?: ComparisonName;
}
