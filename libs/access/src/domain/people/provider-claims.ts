import { normalizeEmail } from './email.js';
import { ROLES, type Role } from './roles.js';

/** What a provider says of somebody, as far as we listen. */
export interface ProviderClaims {
  subject: string;
  /** Only where the provider has verified it (`email_verified`): an unverified address is anybody's. */
  email: string | undefined;
  name: string;
  /** Undefined where the provider has no say in roles. */
  roles: Role[] | undefined;
}

const MAX_NAME = 200;

/**
 * Reads the claims of an ID token and of the userinfo endpoint (OpenID Connect Core 1.0, section 5.1).
 * @param mapping the claim with roles or groups, a text or a list of texts, and what its values mean here
 */
export function readClaims(
  claims: Readonly<Record<string, unknown>>,
  mapping: { claim?: string | undefined; roles: ReadonlyMap<string, string> },
): ProviderClaims {
  const { sub, email, email_verified: verified, name } = claims;
  const address = typeof email === 'string' && verified === true ? normalizeEmail(email) : undefined;
  const said =
    typeof name === 'string'
      ? name
          .replace(/\p{Control}/gu, '')
          .trim()
          .slice(0, MAX_NAME)
      : '';
  return {
    subject: String(sub),
    email: address,
    name: said || (address?.split('@')[0] ?? 'Somebody'),
    roles: mapping.claim === undefined ? undefined : rolesOf(claims[mapping.claim], mapping.roles),
  };
}

function rolesOf(value: unknown, roles: ReadonlyMap<string, string>): Role[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const meant = new Set(values.map((one) => (typeof one === 'string' ? roles.get(one) : undefined)));
  return ROLES.filter((role) => meant.has(role));
}
