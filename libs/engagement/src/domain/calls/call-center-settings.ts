import { z } from 'zod';
import { DEFAULT_CALLING_HOURS, DEFAULT_COUNTRIES } from './default-calling.js';

/** What an outcome code means to the product; codes themselves are each house's own. */
export const outcomeMeanings = [
  /** They accepted the offer. */
  'sold',
  /** They want to be called again, at a time they say. */
  'call_back',
  /** They said no to the offer. */
  'no_interest',
  /** Somebody else has this number. */
  'wrong_number',
  /** They want no more calls. */
  'do_not_call',
  /** Nobody answered: the task is tried again. */
  'not_reached',
  /** Nothing follows but the note. */
  'handled',
] as const;
export type OutcomeMeaning = (typeof outcomeMeanings)[number];

const key = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'lower-case letters, digits, - and _');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'HH:MM');
const hours = z
  .array(z.strictObject({ days: z.array(z.int().min(1).max(7)).min(1).max(7), from: time, until: time }))
  .max(21);
const zone = z.string().max(64).refine(isTimeZone, 'no time zone of the IANA database');

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** How calls and tasks are handled: what `PUT /v1/call-center/settings` takes. */
export const callCenterSettingsSchema = z.strictObject({
  outcomes: z
    .array(z.strictObject({ code: key, name: z.string().min(1).max(200), meaning: z.enum(outcomeMeanings) }))
    .min(1)
    .max(200)
    .refine((list) => new Set(list.map(({ code }) => code)).size === list.length, 'a code stands twice')
    .default(() => DEFAULT_OUTCOMES.map((outcome) => ({ ...outcome }))),
  queues: z
    .strictObject({
      /** Where people are called back. */
      callBacks: key.default('callbacks'),
      /** Where what people wrote waits for an answer. */
      messages: key.default('messages'),
    })
    .default({ callBacks: 'callbacks', messages: 'messages' }),
  callingHours: z
    .strictObject({
      otherwise: hours
        .min(1)
        .default(() => structuredClone([...DEFAULT_CALLING_HOURS]) as z.infer<typeof hours>),
      /** By ISO 3166-1 alpha-2; added to what is known of countries. */
      countries: z
        .record(
          z.string().regex(/^[A-Z]{2}$/),
          z.strictObject({ hours: hours.min(1), zones: z.array(zone).min(1).max(20) }),
        )
        .default({}),
    })
    .prefault({}),
  attempts: z
    .strictObject({
      atMost: z.int().min(1).max(50).default(3),
      /** Minutes until the next try, doubled each time. */
      retryAfterMinutes: z.int().min(1).max(10_080).default(120),
    })
    .prefault({}),
  /** Minutes for which a claimed task is nobody else's. */
  claimMinutes: z.int().min(1).max(480).default(15),
  /** Minutes after a call in which marketing messages to the person still wait. */
  holdAfterCallMinutes: z.int().min(0).max(10_080).default(30),
});
export type CallCenterSettings = z.output<typeof callCenterSettingsSchema>;

const DEFAULT_OUTCOMES: readonly { code: string; name: string; meaning: OutcomeMeaning }[] = [
  { code: 'sold', name: 'Sold', meaning: 'sold' },
  { code: 'call_back', name: 'Call back', meaning: 'call_back' },
  { code: 'no_interest', name: 'No interest', meaning: 'no_interest' },
  { code: 'wrong_number', name: 'Wrong number', meaning: 'wrong_number' },
  { code: 'do_not_call', name: 'Do not call again', meaning: 'do_not_call' },
  { code: 'no_answer', name: 'Nobody answered', meaning: 'not_reached' },
  { code: 'handled', name: 'Handled', meaning: 'handled' },
  // Behind the others, so that the figures that agents know stay the same.
  { code: 'busy', name: 'Busy', meaning: 'not_reached' },
  { code: 'voicemail', name: 'Voicemail', meaning: 'not_reached' },
];

export const DEFAULT_CALL_CENTER: CallCenterSettings = callCenterSettingsSchema.parse({});

/** The hours and possible zones of a country, by the settings. */
export function callingIn({ callingHours }: CallCenterSettings, country: string | undefined) {
  const { countries, otherwise } = callingHours;
  const known = { ...DEFAULT_COUNTRIES, ...countries };
  const found = country !== undefined && Object.hasOwn(known, country) ? known[country] : undefined;
  return found ?? { hours: otherwise, zones: [] };
}
