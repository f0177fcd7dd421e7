/** What a source may say of a person that matching can use. The names are those of import mappings. */
export const MATCH_FIELDS = [
  'full_name',
  'first_name',
  'middle_name',
  'last_name',
  'second_last_name',
  'date_of_birth',
  'gender',
  'occupation',
  'birth_place',
  'full_address',
  'house_number',
  'street',
  'address_line_2',
  'city',
  'region',
  'postal_code',
  'country',
  'email',
  'phone',
  'national_id',
  'social_security_number',
  'passport_number',
  'driving_licence',
] as const;

export type MatchField = (typeof MATCH_FIELDS)[number];

/** The values of one record as its source gave them; they are never changed. */
export type SourceFields = Partial<Record<MatchField, string>>;

/** What one source says of one person. */
export interface MatchRecord {
  id: string;
  source: string;
  /** Event time, in milliseconds. */
  at: number;
  fields: SourceFields;
}
