import { scopeWord } from '@repartee/contracts';
import { consentStatuses, textKinds } from '@repartee/profile/domain';
import { z } from 'zod';

/** Longest note. An event holds 32 KB, and a character may take four bytes. */
const MAX_NOTE = 7_000;
const MAX_PATCH_BYTES = 24_000;

const storable = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/, 'must not hold the character U+0000');
const word = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]*$/, 'must be letters, digits, spaces, dots, dashes and underscores');
/** As consents name senders and brands. */
const scope = z
  .string()
  .min(1)
  .max(120)
  .refine((name) => scopeWord(name) === name, 'must be letters, digits and +@._ -');
const value = z.json();

/** Whether a document can be stored as it is: not too large, no U+0000, no lone surrogates. */
function isStorable(document: unknown): boolean {
  const text = JSON.stringify(document);
  return text.length <= MAX_PATCH_BYTES && !/\\u0000|\\ud[89a-f]/i.test(text);
}

const STORABLE = {
  message: `must be at most ${MAX_PATCH_BYTES} characters of JSON, without U+0000 and lone surrogates`,
};

const values = z
  .record(storable(200).min(1), value)
  .refine((given) => Object.keys(given).length <= 100, 'must be at most 100')
  .refine(isStorable, STORABLE);

export const profileIdSchema = z.object({ id: z.uuid() });

/** `PATCH /v1/profiles/{id}` */
export const patchSchema = z.strictObject({
  traits: values.describe('What is to be so from now on; null takes a trait back'),
});

const proofSchema = z.strictObject({
  shown: storable(2000).optional().describe('The text that was shown'),
  form: storable(200).optional().describe('Where: a form, a page, a call script'),
  version: storable(100).optional(),
  method: storable(100).optional().describe('How: a tick, a click in a mail, by word'),
  ip: z.union([z.ipv4(), z.ipv6()]).optional(),
});

const consentSchema = z
  .strictObject({
    channel: word.optional().describe('For an opt-in to a channel'),
    purpose: word.optional().describe('What for; marketing unless given. `all`: transactional messages too'),
    brand: scope.optional().describe('Of one brand alone'),
    sender: scope.optional().describe('Of one of our senders alone: an address or number'),
    dataUse: word.optional().describe('For the use of data: its purpose'),
    status: z.enum(consentStatuses).describe('`pending` until a second opt-in confirms it'),
    proof: proofSchema.optional(),
  })
  .refine((given) => (given.channel === undefined) !== (given.dataUse === undefined), {
    path: ['channel'],
    message: 'either a channel or a dataUse',
  })
  .refine((given) => given.dataUse === undefined || given.purpose === undefined, {
    path: ['purpose'],
    message: 'dataUse names the purpose itself',
  })
  .refine((given) => given.dataUse === undefined || (given.brand ?? given.sender) === undefined, {
    path: ['dataUse'],
    message: 'a brand or sender belongs to a channel',
  });

/** `PUT /v1/profiles/{id}/consents` */
export const consentsSchema = z
  .strictObject({
    consents: z.array(consentSchema).max(50).default([]),
    preferences: values.default({}).describe('Topics, how often, …; null takes one back'),
  })
  .refine(isStorable, STORABLE);

/** `POST /v1/profiles/{id}/notes` */
export const noteSchema = z
  .strictObject({
    text: storable(MAX_NOTE).refine((text) => text.trim() !== '', 'must not be empty'),
    kind: z.enum(textKinds).default('note'),
    title: storable(200).optional(),
    author: storable(200).optional(),
    at: z.iso.datetime({ offset: true }).optional().describe('When it was said; now unless given'),
  })
  .refine(isStorable, STORABLE);
