import type { StandardFields } from '../standard-fields.js';
import { compareMiddle, compareNames, NAME_LEVELS, type NameLevels } from './compare-names.js';
import {
  CODE_LEVELS,
  compareCodes,
  compareDates,
  compareEmails,
  compareExact,
  comparePhones,
  comparePostal,
  compareText,
  DATE_LEVELS,
  EMAIL_LEVELS,
  PHONE_LEVELS,
  POSTAL_LEVELS,
  TEXT_LEVELS,
} from './compare-values.js';
import { MISSING, type Comparison } from './comparison.js';
import { nameInEmail } from './name-in-email.js';

const NAME_M = [0.72, 0.05, 0.1, 0.03, 0.04, 0.06];
const TEXT_M = [0.72, 0.1, 0.06, 0.12];
const TEXT_U = [0.01, 0.004, 0.02, 0.966];
const NUMBER = { levels: CODE_LEVELS, m: [0.9, 0.06, 0.04], u: [1e-5, 1e-4, 0.99989], termLevels: 1 };

/** All comparisons, parents before those that depend on them. */
export const COMPARISONS: readonly Comparison[] = [
  {
    name: 'given_name',
    slot: 'given',
    levels: NAME_LEVELS,
    m: NAME_M,
    u: [0.01, 0.004, 0.004, 0.01, 0.03, 0.942],
    termLevels: 3,
  },
  {
    name: 'family_name',
    slot: 'family',
    levels: NAME_LEVELS,
    m: NAME_M,
    u: [0.003, 0.001, 0.002, 0.003, 0.02, 0.971],
    shared: [0.6, 0.01, 0.03, 0.01, 0.02, 0.33],
    termLevels: 3,
  },
  {
    name: 'name_order',
    slot: 'given',
    levels: ['as given', 'swapped'],
    m: [0.97, 0.03],
    u: [0.99, 0.01],
    termLevels: 0,
  },
  {
    name: 'middle_name',
    slot: 'middle',
    levels: ['exact', 'part', 'different'],
    m: [0.6, 0.25, 0.15],
    u: [0.02, 0.05, 0.93],
    termLevels: 1,
  },
  {
    name: 'date_of_birth',
    slot: 'born',
    levels: DATE_LEVELS,
    m: [0.8, 0.08, 0.04, 0.03, 0.02, 0.03],
    u: [1e-4, 1e-3, 4e-3, 0.015, 0.03, 0.9499],
    termLevels: 1,
  },
  {
    name: 'gender',
    slot: 'gender',
    levels: ['same', 'different'],
    m: [0.97, 0.03],
    u: [0.5, 0.5],
    termLevels: 1,
  },
  {
    name: 'occupation',
    slot: 'occupation',
    levels: TEXT_LEVELS,
    m: [0.6, 0.05, 0.1, 0.25],
    u: [0.05, 0.005, 0.03, 0.915],
    termLevels: 1,
  },
  {
    name: 'birth_place',
    slot: 'birthPlace',
    levels: TEXT_LEVELS,
    m: TEXT_M,
    u: TEXT_U,
    shared: [0.4, 0.05, 0.05, 0.5],
    termLevels: 1,
  },
  {
    name: 'postal_code',
    slot: 'postal',
    levels: POSTAL_LEVELS,
    m: [0.75, 0.08, 0.07, 0.1],
    u: [1e-3, 5e-3, 0.02, 0.974],
    shared: [0.9, 0.03, 0.03, 0.04],
    termLevels: 1,
  },
  {
    name: 'city',
    slot: 'city',
    levels: TEXT_LEVELS,
    m: TEXT_M,
    u: TEXT_U,
    shared: [0.9, 0.04, 0.02, 0.04],
    termLevels: 1,
    given: 'postal_code',
  },
  {
    name: 'region',
    slot: 'region',
    levels: TEXT_LEVELS,
    m: [0.85, 0.05, 0.02, 0.08],
    u: [0.2, 0.01, 0.02, 0.77],
    shared: [0.95, 0.02, 0.01, 0.02],
    termLevels: 1,
    given: 'postal_code',
  },
  {
    name: 'country',
    slot: 'country',
    levels: TEXT_LEVELS,
    m: [0.95, 0.02, 0.01, 0.02],
    u: [0.5, 0.01, 0.01, 0.48],
    shared: [0.97, 0.01, 0.01, 0.01],
    termLevels: 1,
    given: 'region',
  },
  {
    name: 'street',
    slot: 'street',
    levels: TEXT_LEVELS,
    m: TEXT_M,
    u: [1e-3, 1e-3, 0.02, 0.978],
    shared: [0.85, 0.06, 0.03, 0.06],
    termLevels: 1,
    given: 'postal_code',
  },
  {
    name: 'house_number',
    slot: 'house',
    levels: CODE_LEVELS,
    m: [0.8, 0.08, 0.12],
    u: [0.01, 0.05, 0.94],
    shared: [0.85, 0.05, 0.1],
    termLevels: 1,
    given: 'street',
  },
  {
    name: 'address_line_2',
    slot: 'line2',
    levels: TEXT_LEVELS,
    m: TEXT_M,
    u: TEXT_U,
    shared: [0.8, 0.06, 0.04, 0.1],
    termLevels: 1,
    given: 'street',
  },
  {
    name: 'full_address',
    slot: 'address',
    levels: TEXT_LEVELS,
    m: TEXT_M,
    u: [1e-4, 1e-3, 0.01, 0.9889],
    shared: [0.8, 0.1, 0.04, 0.06],
    termLevels: 1,
  },
  {
    name: 'email',
    slot: 'email',
    levels: EMAIL_LEVELS,
    m: [0.75, 0.1, 0.05, 0.03, 0.07],
    u: [1e-4, 1e-4, 1e-4, 1e-3, 0.9987],
    shared: [0.15, 0.02, 0.01, 0.02, 0.8],
    termLevels: 1,
  },
  {
    name: 'name_in_email',
    slot: 'email',
    levels: ['found', 'absent'],
    m: [0.6, 0.4],
    u: [0.01, 0.99],
    termLevels: 0,
  },
  {
    name: 'phone',
    slot: 'phone',
    levels: PHONE_LEVELS,
    m: [0.8, 0.05, 0.15],
    u: [1e-5, 1e-4, 0.99989],
    shared: [0.5, 0.02, 0.48],
    termLevels: 1,
  },
  { name: 'national_id', slot: 'nationalId', ...NUMBER },
  { name: 'social_security_number', slot: 'socialSecurity', ...NUMBER },
  { name: 'passport_number', slot: 'passport', ...NUMBER },
  { name: 'driving_licence', slot: 'drivingLicence', ...NUMBER },
];

/**
 * Compares two records on everything.
 * @param levels receives one level, or `MISSING`, for each of `COMPARISONS`
 * @param names working space, so that nothing is allocated for a pair
 */
export function compareRecords(
  a: StandardFields,
  b: StandardFields,
  levels: Int8Array,
  names: NameLevels,
): void {
  compareNames(a, b, names);
  levels[0] = names.given;
  levels[1] = names.family;
  levels[2] = names.given === MISSING && names.family === MISSING ? MISSING : names.swapped ? 1 : 0;
  levels[3] = compareMiddle(a.middle, b.middle);
  levels[4] = compareDates(a.born, b.born);
  levels[5] = compareExact(a.gender, b.gender);
  levels[6] = compareText(a.occupation, b.occupation);
  levels[7] = compareText(a.birthPlace, b.birthPlace);
  levels[8] = comparePostal(a.postal, b.postal);
  levels[9] = compareText(a.city, b.city);
  levels[10] = compareText(a.region, b.region);
  levels[11] = compareText(a.country, b.country);
  levels[12] = compareText(a.street, b.street);
  levels[13] = compareCodes(a.house, b.house);
  levels[14] = compareText(a.line2, b.line2);
  const inParts = levels[12] !== MISSING || (levels[8] !== MISSING && levels[9] !== MISSING);
  levels[15] = inParts ? MISSING : compareText(a.address, b.address);
  levels[16] =
    a.email === undefined || b.email === undefined
      ? MISSING
      : compareEmails(a.email, b.email, [a.given, a.family, b.given, b.family]);
  levels[17] = nameInEmail(a, b);
  levels[18] = comparePhones(a.phone, b.phone);
  levels[19] = compareCodes(a.nationalId, b.nationalId);
  levels[20] = compareCodes(a.socialSecurity, b.socialSecurity);
  levels[21] = compareCodes(a.passport, b.passport);
  levels[22] = compareCodes(a.drivingLicence, b.drivingLicence);
}
