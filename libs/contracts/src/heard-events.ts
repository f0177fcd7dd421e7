import { z } from 'zod';
import { eventTypes } from './events.js';
import { hubFacts } from './hub-facts.js';

const heard = {
  /** The same whenever it is told again: what a receiver did already, it knows by this. */
  id: z.string().meta({ examples: ['01990000-0000-7000-8000-000000000001'] }),
  /** Whom it is about: the id of a profile; of the thing itself where there is no person. */
  subjectId: z.string().meta({ examples: ['01980000-0000-7000-8000-000000000001'] }),
  /** When it happened. */
  at: z.iso.datetime(),
};

/** A tracking event as it was sent, without what is classed as sensitive. */
export const forwardedEventSchema = z.looseObject({
  type: z.enum(eventTypes),
  messageId: z.string().optional(),
  anonymousId: z.string().optional(),
  userId: z.string().optional(),
  event: z
    .string()
    .optional()
    .meta({ examples: ['Order Completed'] }),
  name: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  traits: z.record(z.string(), z.unknown()).optional(),
  context: z.record(z.string(), z.unknown()).optional(),
});

/** What a connector hears by `onEvent`. */
export const heardEventSchema = z.discriminatedUnion('kind', [
  z.object({ ...heard, kind: z.literal('tracking'), event: forwardedEventSchema }),
  z.object({
    ...heard,
    kind: z.literal('fact'),
    /** What happened here. */
    fact: z.enum(hubFacts),
    /** Ids and states; nothing that names a person otherwise. */
    data: z.record(z.string(), z.unknown()),
  }),
]);
export type HeardEvent = z.infer<typeof heardEventSchema>;
