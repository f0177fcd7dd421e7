import { z } from 'zod';

const moment = z.string();

export const journeyEntrySchema = z.object({
  id: z.string(),
  at: moment,
  kind: z.enum(['event', 'response', 'decision', 'delivery', 'segment', 'merge', 'split', 'note']),
  /** Of an event, or what was done with an offer. */
  type: z.string().nullable(),
  name: z.string().nullable(),
  channel: z.string().nullable(),
  source: z.string().nullable(),
  offer: z.string().nullable(),
  treatment: z.string().nullable(),
  words: z.string().nullable().describe('Of a note or message; null until the person is verified'),
  data: z.record(z.string(), z.unknown()),
});
export type JourneyEntry = z.infer<typeof journeyEntrySchema>;
export const journeySchema = z.object({
  items: z.array(journeyEntrySchema),
  nextCursor: z.string().nullable(),
});

const consentSchema = z.object({
  key: z.string(),
  status: z.string(),
  channel: z.string().nullable(),
  purpose: z.string().nullable(),
  dataUse: z.string().nullable(),
  at: moment,
});

export const personCardSchema = z.object({
  profileId: z.uuid(),
  version: z.int(),
  masked: z.boolean().describe('Personal data is hidden: nobody has proved yet that it is this person'),
  name: z.string().nullable(),
  traits: z.record(z.string(), z.unknown()),
  identifiers: z.array(z.object({ namespace: z.string(), value: z.string(), verified: z.boolean() })),
  consents: z.array(consentSchema),
  preferences: z.record(z.string(), z.unknown()),
  computed: z.record(z.string(), z.unknown()),
  segments: z
    .array(z.object({ key: z.string(), name: z.string() }))
    .describe('What groups the person is in; none while masked'),
  firstSeen: moment,
  lastSeen: moment,
});
export type PersonCard = z.infer<typeof personCardSchema>;

export const candidateSchema = z.object({
  profileId: z.uuid(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  lastSeen: moment,
});

export const seenSchema = z.object({
  offer: z.string(),
  name: z.string().describe('Of the offer, as the catalogue calls it'),
  treatment: z.string(),
  channel: z.string(),
  zone: z.string().nullable(),
  at: moment,
  response: z.string().describe('The furthest that they went: impression, click, accept, reject, …'),
  endsAt: moment.nullable().describe('When the offer ends, where it does'),
  content: z.record(z.string(), z.unknown()).nullable().describe('As it is rendered for the person'),
});
export type SeenOffer = z.infer<typeof seenSchema>;

const turnSchema = z.object({
  id: z.string(),
  at: moment,
  speaker: z.string(),
  channel: z.string(),
  said: z.record(z.string(), z.unknown()),
});
export const talkSchema = z.object({
  id: z.uuid(),
  openedAt: moment,
  lastTurnAt: moment,
  open: z.boolean().describe('What is said now goes on in it'),
  turns: z.array(turnSchema).describe('The last ones, oldest first'),
});
export type Talk = z.infer<typeof talkSchema>;

/** Everything a desk shows of a person at once. */
export const popSchema = z.object({
  person: personCardSchema.nullable(),
  candidates: z.array(candidateSchema),
  seen: z.array(seenSchema).describe('Offers they saw, newest first, with what they saw'),
  talks: z.array(talkSchema).describe('Conversations, newest first'),
  journey: z.array(journeyEntrySchema).describe('What happened, newest first'),
});
export type Pop = z.infer<typeof popSchema>;
