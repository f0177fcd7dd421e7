import { z } from 'zod';

/** Characters of JSON that a phone can be handed. */
const MAX_CARRIED = 32_768;

/** How a visit begins. A card or a code says who somebody claims to be; only a signed QR code proves it. */
export const beginSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('anonymous') }),
  z.strictObject({
    by: z.enum(['card', 'code']),
    userId: z.string().min(1).max(200).describe('A claim: it is kept unverified and reveals nothing'),
  }),
  z.strictObject({
    by: z.literal('phone'),
    phone: z.string().min(3).max(40).describe('E.164; a code is sent there'),
    language: z
      .string()
      .regex(/^[a-z]{2,3}$/)
      .optional()
      .describe('Of the text, where there is one in it'),
  }),
  z.strictObject({
    by: z.literal('qr'),
    userToken: z
      .string()
      .min(1)
      .max(8192)
      .describe("What the site's own app shows: a JWT by which its server vouches for the person"),
  }),
]);
export type Begin = z.output<typeof beginSchema>;

export const proofSchema = z.strictObject({
  phone: z.string().min(3).max(40),
  code: z.string().regex(/^\d{6}$/, 'must be six digits'),
});

export const visitIdSchema = z.object({ id: z.uuid() });
export const visitSchema = z.object({
  id: z.string(),
  anonymousId: z.string(),
  token: z
    .string()
    .describe('Session token for decisions, responses and the stream; ends when the visit idles'),
  phone: z.string().optional().describe('The number as a code was sent to it'),
  known: z.boolean().describe('Whether somebody proved who they are'),
  idleAt: z.string().describe('When the visit ends unless somebody touches the screen; warn before'),
  now: z.string().describe("The hub's time, for countdowns on devices whose clocks are wrong"),
});
export const visitStandSchema = z.object({ idleAt: z.string(), now: z.string() });
export const handOverSchema = z.object({
  url: z.string().describe('What the QR code holds; works once'),
  code: z.string(),
  expiresAt: z.string(),
});
/** What a visitor takes along: shown on the phone as the kiosk showed it. */
export const offerSchema = z.strictObject({
  carried: z
    .strictObject({
      dialogueId: z.uuid().optional(),
      offers: z
        .array(
          z.strictObject({
            offer: z.string().max(100),
            content: z.record(z.string(), z.unknown()),
            token: z.string().max(4096),
            validUntil: z.string().max(40),
            accepted: z.boolean().default(false),
          }),
        )
        .max(10),
    })
    .refine((carried) => JSON.stringify(carried).length <= MAX_CARRIED, `at most ${MAX_CARRIED} characters`)
    .optional(),
});
export type Carried = NonNullable<z.output<typeof offerSchema>['carried']>;

export const takeSchema = z.strictObject({ code: z.string().min(1).max(200) });
export const takenSchema = z.object({
  token: z.string(),
  expiresAt: z.string(),
  anonymousId: z.string(),
  zones: z.array(z.string()).describe('Of the kiosk: the phone may ask for them, too'),
  carried: z.unknown().describe('What the visitor took along, as the kiosk said it; null for nothing'),
  now: z.string().describe("The hub's time"),
});
