import { fail, failure, ok, type Result } from '@repartee/contracts';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isBlocked } from './namespace-policy.js';

/** One identifier of a person, normalised: `namespace:value`. */
export interface Identifier {
  namespace: string;
  value: string;
}

const SHORTHANDS: Readonly<Record<string, string>> = {
  userId: 'user_id',
  anonymousId: 'anonymous_id',
  email: 'email',
  phone: 'phone',
  loyaltyId: 'loyalty_id',
};

/** Longest e-mail address in a message path (RFC 5321, 4.5.3.1.3). */
const MAX_EMAIL = 254;
const MAX_VALUE = 512;
const NAMESPACE = /^[a-z][a-z0-9_]{0,63}$/;
/** One @, something before it, a dotted or IDN domain after it; no spaces or controls. */
const EMAIL = /^[^\s@\p{Cc}"(),:;<>[\\\]]{1,64}@[^\s@\p{Cc}"(),:;<>[\\\]]{1,253}$/u;

function email(value: string): string | undefined {
  const address = value.normalize('NFC').toLowerCase();
  return address.length <= MAX_EMAIL && EMAIL.test(address) ? address : undefined;
}

/** E.164. Numbers without a country code need `defaultCountry` (ISO 3166-1 alpha-2). */
function phone(value: string, defaultCountry?: string): string | undefined {
  const parsed = parsePhoneNumberFromString(
    value,
    defaultCountry as Parameters<typeof parsePhoneNumberFromString>[1],
  );
  return parsed?.isValid() ? parsed.number : undefined;
}

/** The name by which an identifier is looked up. */
export function keyOf(identifier: Identifier): string {
  return `${identifier.namespace}:${identifier.value}`;
}

/**
 * Brings one identifier into its one form: e-mail in lower case, phone as E.164, namespaces in snake case.
 * @param name a shorthand (`userId`, `email`, …) or a namespace
 * @returns `PROFILE.INVALID_IDENTIFIER` when it is no such identifier, or a placeholder like `null`
 */
export function normaliseIdentifier(
  name: string,
  raw: string,
  options: { defaultCountry?: string } = {},
): Result<Identifier> {
  const namespace = SHORTHANDS[name] ?? name;
  const trimmed = raw.trim();
  if (!NAMESPACE.test(namespace)) return refuse(`“${name.slice(0, 64)}” is not a namespace`);
  if (trimmed.length === 0 || trimmed.length > MAX_VALUE) {
    return refuse(`${namespace} must hold 1 to ${MAX_VALUE} characters`);
  }
  if (/\p{Cc}/u.test(trimmed)) return refuse(`${namespace} holds a control character`);
  if (isBlocked(trimmed)) return refuse(`${namespace} holds a placeholder, which names nobody`);
  const value =
    namespace === 'email'
      ? email(trimmed)
      : namespace === 'phone'
        ? phone(trimmed, options.defaultCountry)
        : trimmed;
  return value === undefined ? refuse(`${namespace} is not a valid ${namespace}`) : ok({ namespace, value });
}

/** Reads `namespace:value`. */
export function parseIdentifier(text: string): Result<Identifier> {
  const colon = text.indexOf(':');
  if (colon < 1) return refuse('an identifier is written namespace:value');
  return normaliseIdentifier(text.slice(0, colon), text.slice(colon + 1));
}

function refuse(detail: string): Result<Identifier> {
  return fail(failure('PROFILE.INVALID_IDENTIFIER', detail));
}
