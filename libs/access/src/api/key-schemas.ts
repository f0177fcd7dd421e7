import { z } from 'zod';
import { ALL_SCOPES, KEY_KINDS, normalizeAllowedOrigin, SCOPE_PATTERN } from '../domain/index.js';

const MAX_OVERLAP = 30 * 86_400;

/** How a source is named: as in URLs. */
export const sourceSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be lower-case letters, digits, dots, hyphens or underscores');

const originSchema = z
  .string()
  .max(300)
  .transform((text, context) => {
    const origin = normalizeAllowedOrigin(text);
    if (origin.ok) return origin.value;
    context.addIssue({ code: 'custom', message: origin.failure });
    return z.NEVER;
  });

/** `POST /v1/keys` */
export const newKeySchema = z
  .strictObject({
    kind: z.enum(KEY_KINDS),
    name: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^\P{Control}*$/u, 'must not hold control characters'),
    source: sourceSchema.default('default'),
    scopes: z
      .array(z.string().regex(SCOPE_PATTERN, 'must be * or <resource>:read|write'))
      .min(1)
      .max(100)
      .default([ALL_SCOPES]),
    allowedOrigins: z.array(originSchema).max(100).default([]),
    expiresAt: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .optional(),
  })
  .refine(({ kind, allowedOrigins }) => kind === 'public' || allowedOrigins.length === 0, {
    path: ['allowedOrigins'],
    message: 'are for public keys',
  });

export type NewKey = z.output<typeof newKeySchema>;

/** `POST /v1/keys/{id}/rotate` */
export const rotationSchema = z.strictObject({
  /** How long the present secret goes on working; a day when not given. */
  overlapSeconds: z.int().min(0).max(MAX_OVERLAP).default(86_400),
});

/** `POST /v1/keys/signing-secrets` */
export const newSigningSecretSchema = rotationSchema.extend({ source: sourceSchema });

/** `/v1/keys/{id}` */
export const keyIdSchema = z.object({ id: z.uuid() });

/** `GET /v1/keys` */
export const keyListSchema = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const time = z.iso.datetime();

/** A key as `/v1/keys` shows it. */
export const keyViewSchema = z.object({
  id: z.uuid(),
  kind: z.enum(KEY_KINDS),
  name: z.string(),
  source: z.string(),
  scopes: z.array(z.string()),
  allowedOrigins: z.array(z.string()),
  createdAt: time,
  expiresAt: time.nullable().describe('When its newest secret ends'),
  revokedAt: time.nullable(),
  lastUsedAt: time.nullable().describe('To the minute or so'),
  secrets: z
    .array(z.object({ createdAt: time, expiresAt: time.nullable(), writeKey: z.string().optional() }))
    .describe('More than one while it rotates. Write keys are public and shown'),
});

export const keyPageSchema = z.object({ items: z.array(keyViewSchema), nextCursor: z.uuid().nullable() });

/** The one time that a key is shown. */
export const issuedKeySchema = keyViewSchema.extend({
  key: z.string(),
  signingSecret: z.string().optional().describe("With a source's first public key: signs its user tokens"),
});

export const issuedSigningSecretSchema = z.object({
  source: z.string(),
  signingSecret: z.string(),
  createdAt: time,
});
