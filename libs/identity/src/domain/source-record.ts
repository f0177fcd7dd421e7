import { MATCH_FIELDS, type MatchField, type SourceFields } from './matching/index.js';

/** What one event of a trusted source says of a person, in fields that matching can use. */
export interface Statement {
  source: string;
  fields: SourceFields;
  /** A household that the source declares. */
  household?: string;
}

/** A value as its source gave it, with the event that said so last. */
export interface StatedValue {
  value: string;
  /** Event time, milliseconds since the epoch. */
  at: number;
  eventId: string;
}

/** All that one source says of one identifier. Kept as given; matching works on a standardised copy. */
export type StatedFields = Partial<Record<MatchField, StatedValue>>;

/** Traits of Segment's spec, and common spellings, by the field they are. */
const FIELD_OF_TRAIT: Readonly<Record<string, MatchField>> = {
  name: 'full_name',
  fullName: 'full_name',
  firstName: 'first_name',
  givenName: 'first_name',
  middleName: 'middle_name',
  lastName: 'last_name',
  familyName: 'last_name',
  surname: 'last_name',
  birthday: 'date_of_birth',
  birthdate: 'date_of_birth',
  dateOfBirth: 'date_of_birth',
  dob: 'date_of_birth',
  birthPlace: 'birth_place',
  street: 'street',
  houseNumber: 'house_number',
  state: 'region',
  postalCode: 'postal_code',
  postcode: 'postal_code',
  zip: 'postal_code',
  nationalId: 'national_id',
  socialSecurityNumber: 'social_security_number',
  passportNumber: 'passport_number',
  drivingLicence: 'driving_licence',
  ...Object.fromEntries(MATCH_FIELDS.map((field) => [field, field])),
};

function put(fields: SourceFields, name: string, value: unknown): void {
  const field = Object.hasOwn(FIELD_OF_TRAIT, name) ? FIELD_OF_TRAIT[name] : undefined;
  const text = typeof value === 'number' ? String(value) : value;
  if (field && typeof text === 'string' && text.trim() !== '' && text.length <= 500) fields[field] = text;
}

/** The fields among a person's traits; an address may be one text or an object. */
export function fieldsOfTraits(traits: Record<string, unknown>): SourceFields {
  const fields: SourceFields = {};
  for (const [name, value] of Object.entries(traits)) put(fields, name, value);
  const { address } = traits;
  if (typeof address === 'string') put(fields, 'full_address', address);
  else if (typeof address === 'object' && address !== null)
    for (const [name, value] of Object.entries(address)) put(fields, name, value);
  return fields;
}

/** Brings what an event says into a record. The latest word on each field counts, in any order of arrival. */
export function stateFields(
  held: StatedFields,
  said: SourceFields,
  at: number,
  eventId: string,
): StatedFields {
  const next = { ...held };
  for (const field of MATCH_FIELDS) {
    const value = said[field];
    const before = next[field];
    if (value === undefined) continue;
    if (!before || at > before.at || (at === before.at && eventId > before.eventId))
      next[field] = { value, at, eventId };
  }
  return next;
}

/** The values alone. */
export function valuesOf(stated: StatedFields): SourceFields {
  return Object.fromEntries(Object.entries(stated).map(([field, { value }]) => [field, value]));
}
