import { fail, ok, type Result } from '@repartee/contracts';
import { z } from 'zod';

/** An OpenID provider at which people sign in. Holds a secret: it is never logged. */
export interface OidcConfig {
  /** In paths, as `/v1/oidc/sso/start`. */
  key: string;
  /** On the button. */
  name: string;
  issuer: string;
  clientId: string;
  /** Absent: a public client, which PKCE alone protects. */
  clientSecret?: string;
  scopes: string;
  /** The claim that holds what `roles` translates; without it roles are given here. */
  rolesClaim?: string;
  /** The claim's values and the roles that they mean. */
  roles: ReadonlyMap<string, string>;
  /** Whether the first sign-in takes an account that is here already, where the provider has verified the address. */
  linkByEmail: boolean;
  /** Whether the first sign-in makes an account. */
  createAccounts: boolean;
}

const yesOrNo = z
  .enum(['yes', 'no'])
  .default('no')
  .transform((text) => text === 'yes');

export const oidcEnvironment = {
  REPARTEE_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  REPARTEE_OIDC_KEY: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be lower-case letters, digits and hyphens')
    .default('sso'),
  REPARTEE_OIDC_NAME: z.string().min(1).max(60).default('Single sign-on'),
  REPARTEE_OIDC_CLIENT_ID: z.string().min(1).optional(),
  REPARTEE_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  REPARTEE_OIDC_SCOPES: z
    .string()
    .regex(/\bopenid\b/, 'must hold openid')
    .default('openid email profile'),
  REPARTEE_OIDC_ROLES_CLAIM: z.string().min(1).max(200).optional(),
  REPARTEE_OIDC_ROLES: z
    .string()
    .regex(/^[^=,]+=[a-z]+(,[^=,]+=[a-z]+)*$/, 'must look like Support=agent,Leads=supervisor')
    .optional(),
  REPARTEE_OIDC_LINK_BY_EMAIL: yesOrNo,
  REPARTEE_OIDC_CREATE_ACCOUNTS: yesOrNo,
};

export type OidcEnvironment = z.infer<z.ZodObject<typeof oidcEnvironment>>;

/** @returns nothing without `REPARTEE_OIDC_ISSUER`, or one line that says which variable is wrong; never a value */
export function oidcConfig(env: OidcEnvironment): Result<OidcConfig | undefined, string> {
  const { REPARTEE_OIDC_ISSUER: issuer, REPARTEE_OIDC_CLIENT_ID: clientId } = env;
  if (issuer === undefined) return ok(undefined);
  if (clientId === undefined) return fail('REPARTEE_OIDC_CLIENT_ID must be set beside REPARTEE_OIDC_ISSUER');
  const { protocol, hostname } = new URL(issuer);
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol === 'http:' && !here)
    return fail('REPARTEE_OIDC_ISSUER must begin with https:// unless it is on this machine');
  const pairs = (env.REPARTEE_OIDC_ROLES ?? '').split(',').filter((pair) => pair !== '');
  return ok({
    key: env.REPARTEE_OIDC_KEY,
    name: env.REPARTEE_OIDC_NAME,
    issuer,
    clientId,
    ...(env.REPARTEE_OIDC_CLIENT_SECRET !== undefined && { clientSecret: env.REPARTEE_OIDC_CLIENT_SECRET }),
    scopes: env.REPARTEE_OIDC_SCOPES,
    ...(env.REPARTEE_OIDC_ROLES_CLAIM !== undefined && { rolesClaim: env.REPARTEE_OIDC_ROLES_CLAIM }),
    roles: new Map(pairs.map((pair) => pair.trim().split('=') as [string, string])),
    linkByEmail: env.REPARTEE_OIDC_LINK_BY_EMAIL,
    createAccounts: env.REPARTEE_OIDC_CREATE_ACCOUNTS,
  });
}
