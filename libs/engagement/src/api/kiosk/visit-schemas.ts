import { z } from 'zod';

/** How a visit begins. A card or a code says who somebody claims to be; nothing is proved by it. */
export const beginSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('anonymous') }),
  z.strictObject({
    by: z.enum(['card', 'code']),
    userId: z.string().min(1).max(200).describe('A claim: it is kept unverified and reveals nothing'),
  }),
]);
export type Begin = z.output<typeof beginSchema>;

export const visitIdSchema = z.object({ id: z.uuid() });
export const visitSchema = z.object({
  id: z.string(),
  anonymousId: z.string(),
  token: z
    .string()
    .describe('Session token for decisions, responses and the stream; ends when the visit idles'),
  idleAt: z.string().describe('When the visit ends unless somebody touches the screen; warn before'),
  now: z.string().describe("The hub's time, for countdowns on devices whose clocks are wrong"),
});
export const handOverSchema = z.object({
  url: z.string().describe('What the QR code holds; works once'),
  code: z.string(),
  expiresAt: z.string(),
});
export const takeSchema = z.strictObject({ code: z.string().min(1).max(200) });
export const takenSchema = z.object({ token: z.string(), expiresAt: z.string(), anonymousId: z.string() });
