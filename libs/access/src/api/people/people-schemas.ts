import { z } from 'zod';
import { MAX_PASSWORD, normalizeEmail, ROLES } from '../../domain/index.js';

const time = z.iso.datetime();

/** A password as somebody typed it. Longer ones are refused before anything is computed. */
const password = z.string().min(1).max(MAX_PASSWORD);
const email = z
  .string()
  .transform((text, context) => {
    const normalized = normalizeEmail(text);
    if (normalized !== undefined) return normalized;
    context.addIssue({ code: 'custom', message: 'must be an e-mail address' });
    return z.NEVER;
  })
  .meta({ type: 'string', format: 'email' });
const roles = z
  .array(z.enum(ROLES))
  .max(ROLES.length)
  .transform((given) => ROLES.filter((role) => given.includes(role)));

/** `GET /v1/sessions/me` */
export const meSchema = z.object({
  returnTo: z.string().max(2000).optional().describe('A path of ours that the person came from'),
});

/** `POST /v1/sessions` */
export const signInSchema = z.strictObject({
  email: z.string().min(1).max(1000),
  password,
  returnTo: meSchema.shape.returnTo,
});

const person = z.object({ id: z.uuid(), email: z.string(), name: z.string() });

/** Who is signed in, as pages need it. */
export const signedInSchema = z.object({
  account: person,
  roles: z.array(z.enum(ROLES)),
  scopes: z.array(z.string()).describe('What they may on routes that servers may call'),
  adminScopes: z.array(z.string()).describe('What they may on routes for administrators'),
  csrfToken: z.string().describe('For the header X-CSRF-Token of every request that changes something'),
  sessionId: z.uuid(),
  expiresAt: time.describe('Unless they do something before'),
  next: z
    .string()
    .describe('Where to go on: `returnTo` where it is a path of ours, else what their roles begin with'),
});

/** `DELETE /v1/sessions/me` */
export const signedOutSchema = z.object({
  next: z.string().nullable().describe('Where to go to sign out of the provider that vouched for them, too'),
});

/** One of a person's own sessions. */
export const sessionPageSchema = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      current: z.boolean().describe('The one that asks'),
      createdAt: time,
      lastSeenAt: time.describe('To the minute'),
      expiresAt: time,
      browser: z.string(),
      address: z.string(),
      with: z.string().describe('`password`, or the provider that vouched for them'),
    }),
  ),
  nextCursor: z.null(),
});

export const idSchema = z.object({ id: z.uuid() });

/** `PUT /v1/passwords/me` */
export const passwordChangeSchema = z.strictObject({ current: password, next: password });

/** `POST /v1/passwords/links` */
export const linkTokenSchema = z.strictObject({ token: z.string().min(1).max(200) });
export const linkOwnerSchema = z.object({ email: z.string(), name: z.string() });

/** `POST /v1/passwords/links/redeem` */
export const redeemSchema = linkTokenSchema.extend({ password });

/** `POST /v1/accounts` */
export const newAccountSchema = z.strictObject({
  email,
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^\P{Control}*$/u, 'must not hold control characters'),
  roles,
});
export type NewAccount = z.output<typeof newAccountSchema>;

/** `PUT /v1/accounts/{id}/roles` */
export const rolesSchema = z.strictObject({ roles });

/** `PUT /v1/accounts/{id}/disabled` */
export const disabledSchema = z.strictObject({ disabled: z.boolean() });

/** An account as administrators see it. */
export const accountSchema = person.extend({
  roles: z.array(z.enum(ROLES)),
  hasPassword: z.boolean(),
  createdAt: time,
  lastSignInAt: time.nullable(),
  disabledAt: time.nullable(),
});
export const accountPageSchema = z.object({ items: z.array(accountSchema), nextCursor: z.uuid().nullable() });

/** The one time that a link is shown. */
export const linkSchema = z.object({
  url: z.string().describe('Good once'),
  expiresAt: time,
});
export const invitedSchema = z.object({ account: accountSchema, link: linkSchema });

/** `GET /v1/accounts` */
export const accountListSchema = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
