import type { SourceFields } from '../match-record.js';
import type { StandardFields } from '../standard-fields.js';
import { standardAddress } from './addresses.js';
import { standardEmail, standardNumber, standardPhone } from './contacts.js';
import { standardDate } from './dates.js';
import { toWords } from './fold-text.js';
import { standardName } from './names.js';
import { meaningful } from './placeholders.js';

const GENDERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    f: 'f,female,woman,w,weiblich,femme,femenino,mujer,femminile,feminin,fem,girl,v,vrouw',
    m: 'm,male,man,mannlich,homme,masculino,hombre,maschile,masculin,h,boy',
    x: 'x,diverse,divers,nonbinary,non binary,nb,other,d',
  }).flatMap(([letter, words]) => words.split(',').map((word) => [word, letter] as const)),
);

const words = (text: string | undefined): string | undefined => meaningful(toWords(text ?? ''));

function countryCode(text: string | undefined, fallback?: string): string | undefined {
  const code = (text ?? '').trim().toUpperCase();
  return /^[A-Z]{2}$/.test(code) ? (code === 'UK' ? 'GB' : code) : fallback;
}

/**
 * Brings a record into comparable form. The source values are left as they are.
 * @param options.defaultCountry ISO 3166-1 alpha-2, for telephone numbers where the record names no country
 */
export function standardise(fields: SourceFields, options: { defaultCountry?: string } = {}): StandardFields {
  const name = standardName(fields);
  const address = standardAddress(fields);
  return {
    given: name.given,
    middle: name.middle,
    family: name.family,
    family2: name.family2,
    born: standardDate(fields.date_of_birth),
    gender: GENDERS.get(toWords(fields.gender ?? '')),
    occupation: words(fields.occupation),
    birthPlace: words(fields.birth_place),
    house: address.house,
    street: address.street,
    line2: address.line2,
    city: address.city,
    region: address.region,
    postal: address.postal,
    country: address.country,
    address: address.address,
    email: standardEmail(fields.email),
    phone: standardPhone(fields.phone, countryCode(fields.country, options.defaultCountry)),
    nationalId: standardNumber(fields.national_id),
    socialSecurity: standardNumber(fields.social_security_number),
    passport: standardNumber(fields.passport_number),
    drivingLicence: standardNumber(fields.driving_licence),
  };
}
