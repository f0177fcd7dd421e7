import { z } from 'zod';

/** Twilio takes no longer body (error 21617). */
export const MAX_TEXT = 1600;

/** Content of an SMS treatment: a text, with Liquid over `profile`, `offer`, `links` and what else the action carries. */
export const smsContentSchema = z
  .strictObject({ body: z.string().min(1).max(5000) })
  .meta({ examples: [{ body: 'Your order is on its way, {{ profile.traits.name }}.' }] });
export type SmsContent = z.infer<typeof smsContentSchema>;

/** Compiled form: Liquid alone is left to run. */
export type CompiledSms = { body: string };

export interface RenderedSms {
  text: string;
}
