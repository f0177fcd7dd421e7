import type { Comparison } from '../comparisons/comparison.js';
import { COMPARISONS } from '../comparisons/comparisons.js';
import { MATCH_FIELDS, type MatchField } from '../match-record.js';
import type { StandardSlot } from '../standard-fields.js';
import { PARENT_STATES, type ComparisonParameters, type MatchModel } from './match-model.js';

/** Weights, in log2 odds, from which pairs are merged and suggested. */
export const DEFAULT_THRESHOLDS = { merge: 2, suggest: -3 };
/** Before anything is known of a set of records. */
const DEFAULT_PRIOR = 1e-5;
const DEFAULT_TOGETHER = 1e-5;

/** Source fields that each slot is made of. */
const SOURCES: Record<StandardSlot, readonly MatchField[]> = {
  given: ['first_name', 'full_name'],
  middle: ['middle_name', 'first_name', 'full_name'],
  family: ['last_name', 'full_name'],
  family2: ['second_last_name'],
  born: ['date_of_birth'],
  gender: ['gender'],
  occupation: ['occupation'],
  birthPlace: ['birth_place'],
  house: ['house_number', 'street'],
  street: ['street'],
  line2: ['address_line_2'],
  city: ['city'],
  region: ['region'],
  postal: ['postal_code'],
  country: ['country'],
  address: ['full_address', 'street'],
  email: ['email'],
  phone: ['phone'],
  nationalId: ['national_id'],
  socialSecurity: ['social_security_number'],
  passport: ['passport_number'],
  drivingLicence: ['driving_licence'],
};

/** The comparisons that a schema of fields can answer. */
export function comparisonsFor(fields: ReadonlySet<MatchField>): Comparison[] {
  return COMPARISONS.filter(({ slot }) => SOURCES[slot].some((field) => fields.has(field)));
}

/** Parameters before learning: the same for every state of the parent. */
export function defaultParameters(comparison: Comparison): ComparisonParameters {
  const states = comparison.given ? PARENT_STATES.length : 1;
  const perState = (values: readonly number[]): number[][] =>
    Array.from({ length: states }, () => [...values]);
  const { m, u, shared } = comparison;
  return { m: perState(m), u: perState(u), ...(shared && { shared: perState(shared) }) };
}

/**
 * The model that a schema of fields starts with, before it has learned from any data. It compares what the fields
 * allow; rare and common values weigh the same.
 */
export function defaultModel(fields: Iterable<MatchField>): MatchModel {
  const present = new Set(fields);
  return {
    version: 'default',
    fields: MATCH_FIELDS.filter((field) => present.has(field)),
    prior: DEFAULT_PRIOR,
    together: DEFAULT_TOGETHER,
    thresholds: DEFAULT_THRESHOLDS,
    comparisons: Object.fromEntries(
      comparisonsFor(present).map((comparison) => [comparison.name, defaultParameters(comparison)]),
    ),
    frequencies: {},
  };
}
