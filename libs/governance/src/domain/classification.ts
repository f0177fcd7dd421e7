import { z } from 'zod';

/** Classes of personal data, most telling first. */
export const DATA_CLASSES = ['identifier', 'contact', 'sensitive', 'behavioural', 'none'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

/**
 * What a field holds, by its name in lower case without separators: the traits that Segment reserves
 * (segment.com/docs/connections/spec/identify), and names that mean the same elsewhere.
 */
const BY_NAME: Readonly<Record<Exclude<DataClass, 'behavioural'>, readonly string[]>> = {
  identifier: [
    ...['id', 'userid', 'anonymousid', 'previousid', 'groupid', 'customerid', 'loyaltyid', 'externalid'],
    ...[
      'username',
      'name',
      'fullname',
      'firstname',
      'lastname',
      'middlename',
      'given',
      'family',
      'middle',
      'surname',
      'nickname',
      'title',
    ],
    ...['deviceid', 'advertisingid', 'idfa', 'idfv', 'gaid', 'avatar', 'website', 'company', 'employer'],
  ],
  contact: [
    ...['email', 'emailaddress', 'mail', 'phone', 'phonenumber', 'mobile', 'msisdn', 'fax', 'whatsapp'],
    ...[
      'address',
      'fulladdress',
      'shippingaddress',
      'billingaddress',
      'street',
      'streetaddress',
      'housenumber',
      'house',
    ],
    ...['city', 'postalcode', 'postcode', 'zip', 'zipcode', 'state', 'ip', 'ipaddress', 'pushtoken', 'token'],
    ...['latitude', 'longitude', 'location'],
  ],
  sensitive: [
    ...[
      'birthday',
      'born',
      'dateofbirth',
      'birthdate',
      'dob',
      'age',
      'gender',
      'sex',
      'nationality',
      'religion',
    ],
    ...['ethnicity', 'health', 'diagnosis', 'disability', 'politicalopinion', 'union', 'sexualorientation'],
    ...['nationalid', 'socialsecuritynumber', 'ssn', 'passportnumber', 'drivinglicence', 'taxid', 'iban'],
    ...['creditcard', 'cardnumber', 'salary', 'income', 'biometric'],
  ],
  none: [
    'type',
    'messageid',
    'timestamp',
    'sentat',
    'originaltimestamp',
    'locale',
    'timezone',
    'library',
    'version',
  ],
};

const DEFAULTS: ReadonlyMap<string, DataClass> = new Map(
  Object.entries(BY_NAME).flatMap(([held, fields]) =>
    fields.map((field): [string, DataClass] => [field, held as DataClass]),
  ),
);

const MAX_FIELDS = 1000;

/** What an installation says of its own fields: a path as `traits.shoe_size`, or a name that counts everywhere. */
export const classificationSchema = z.strictObject({
  fields: z
    .record(z.string().min(1).max(300), z.enum(DATA_CLASSES))
    .refine((fields) => Object.keys(fields).length <= MAX_FIELDS, { message: `at most ${MAX_FIELDS} fields` })
    .default({}),
});
export type ClassificationDocument = z.output<typeof classificationSchema>;

function plain(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** Says which class of personal data a field of an event or a profile holds. */
export class Classification {
  private readonly own: ReadonlyMap<string, DataClass>;

  constructor({ fields }: ClassificationDocument = { fields: {} }) {
    this.own = new Map(Object.entries(fields));
  }

  /**
   * The path as written, then the name alone, then what the name means by default. A field nobody knows is behavioural:
   * it says what a person did.
   * @param path names of members from the event's root, as `['traits', 'address', 'city']`; places in lists left out
   */
  classOf(path: readonly string[]): DataClass {
    const name = path.at(-1) ?? '';
    const said = this.own.get(path.join('.')) ?? this.own.get(name);
    if (said) return said;
    for (let at = path.length - 1; at >= 0; at -= 1) {
      // What lies within an address or a name is part of it.
      const known = DEFAULTS.get(plain(path[at] ?? ''));
      if (known && (at === path.length - 1 || known !== 'none')) return known;
    }
    return 'behavioural';
  }

  /** Every field that has a class by its name, with the classes of this installation before the shipped ones. */
  get byName(): Record<string, DataClass> {
    return { ...Object.fromEntries(DEFAULTS), ...Object.fromEntries(this.own) };
  }
}

/** Stands where something was hidden. */
export const MASK = '•••';
const MAX_DEPTH = 64;

/** Walks a JSON value and replaces the fields of some classes; everything else stays as it is. */
export function withoutClasses(
  value: unknown,
  classes: ReadonlySet<DataClass>,
  classification: Classification,
  replace: (value: unknown) => unknown = () => MASK,
  path: readonly string[] = [],
): unknown {
  if (typeof value !== 'object' || value === null) {
    if (path.length === 0 || value === null) return value;
    return classes.has(classification.classOf(path)) ? replace(value) : value;
  }
  if (path.length > MAX_DEPTH) return MASK;
  if (Array.isArray(value))
    return value.map((item) => withoutClasses(item, classes, classification, replace, path));
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [
      key,
      withoutClasses(held, classes, classification, replace, [...path, key]),
    ]),
  );
}
