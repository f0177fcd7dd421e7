import { z } from 'zod';
import { responseTypes } from './decisions.js';
import { eventSchema } from './events.js';

/** A request of a provider, byte for byte, so that signatures can be checked. */
export interface RawRequest {
  readonly method: string;
  /** Public URL that was called, with its query, as the provider wrote it: `REPARTEE_PUBLIC_URL` and the path called. */
  readonly url: string;
  /** Names in lower case; of a header sent more than once the values joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body before any decoding or parsing; empty for GET. */
  readonly body: Uint8Array;
}

/**
 * What a provider may report of a message it took: on its way, at the person's device or mailbox, given up, thrown back
 * by the receiving side, or marked as unwanted by the person.
 */
export const receiptStatuses = ['sent', 'delivered', 'failed', 'bounced', 'complained'] as const;
export type ReceiptStatus = (typeof receiptStatuses)[number];

/** How far an opt-out goes: one sender (a number, an address), one brand, or the whole channel. */
export const optScopes = ['sender', 'brand', 'channel'] as const;
export type OptScope = (typeof optScopes)[number];

/** Databases take neither U+0000 nor halves of surrogate pairs; what a provider says must not be lost for their sake. */
const text = (max: number) =>
  z.string().transform((value) => value.replaceAll('\0', '').toWellFormed().slice(0, max));
const key = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/, 'must not hold U+0000');

const common = {
  /** The provider's id of this very report; the same id never counts twice. Absent: made of the content. */
  id: key(400).optional(),
  /** When it happened, ISO 8601 with an offset. Absent: when we heard it. */
  at: z.iso.datetime({ offset: true }).optional(),
};

/** What became of a message. Order and number of reports do not matter. Names the attempt, or else the provider's id. */
export const receiptFactSchema = z
  .object({
    kind: z.literal('receipt'),
    ...common,
    /** `attemptId` of the action, where the provider hands it back (callback URL, custom header, VERP address). */
    attemptId: z.uuid().optional(),
    /** What `deliver` answered as `providerId`. */
    providerId: key(400).optional(),
    status: z.enum(receiptStatuses),
    /** With `bounced` or `failed`: the address will never work (SMTP 5.1.1, a number out of service). */
    permanent: z.boolean().optional(),
    /** The provider's code: `5.1.1`, `30003`. */
    code: text(100).optional(),
    detail: text(1000).optional(),
    /** The address it is about, where the report names it. */
    address: key(400).optional(),
  })
  .refine(
    (fact) => fact.attemptId !== undefined || fact.providerId !== undefined || fact.address !== undefined,
    {
      path: ['attemptId'],
      message: 'a receipt names an attempt, a providerId or an address',
    },
  );

/** What a person did with an offer; `token` is the offer's. */
export const responseFactSchema = z.object({
  kind: z.literal('response'),
  ...common,
  token: key(4096),
  type: z.enum(responseTypes),
  /** 0 to 1: how surely a person did it, not a scanner or a prefetch; 1 unless told. */
  humanProbability: z.number().min(0).max(1).optional(),
});

/** An event of the provider's, by the same schema as `POST /v1/track`. */
export const eventFactSchema = z.object({ kind: z.literal('event'), ...common, event: eventSchema });

/** A sender or brand in the form in which consents name it: letters, digits and `+@._ -`, no more than 120. */
export function scopeWord(name: string): string {
  return name.replace(/[^A-Za-z0-9+@._ -]/g, '').slice(0, 120);
}
const scoped = key(400)
  .transform(scopeWord)
  .refine((word) => word !== '', 'must hold a letter or digit');

const opt = {
  ...common,
  /** Who says so: the e-mail address or number in E.164. */
  address: key(400),
  /** Which of our senders it was said to. */
  sender: scoped.optional(),
  /** Which brand it is about, with `scope: 'brand'`. */
  brand: scoped.optional(),
  /** `sender` where a sender is named, else `channel`. */
  scope: z.enum(optScopes).optional(),
  /** One purpose alone; `all` is transactional messages too. Unless told all that needs consent. */
  purpose: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/)
    .optional(),
  /** The person's own words. */
  text: text(2000).optional(),
};

/** Somebody does not want more: STOP, one-click unsubscribe at the provider, a list-unsubscribe mail. */
export const optOutFactSchema = z.object({ kind: z.literal('opt-out'), ...opt });

/** Somebody wants messages again: START. Lifts only what the same way took away. */
export const optInFactSchema = z.object({ kind: z.literal('opt-in'), ...opt });

/** Words of a person: they go into the dialogue, and before a human where they may be a refusal. */
export const messageFactSchema = z.object({
  kind: z.literal('message'),
  ...common,
  address: key(400),
  sender: key(400).optional(),
  text: text(20_000),
  providerId: key(400).optional(),
  media: z
    .array(z.object({ url: key(2000), contentType: text(200).optional() }))
    .max(50)
    .optional(),
  /** The connector takes it for a refusal in free words (“please stop texting me”). A human decides. */
  looksLikeRefusal: z.boolean().optional(),
  /** Who wrote it could not be shown to be who it says. A human looks at it; it proves nothing and goes into no record. */
  unproved: z.boolean().optional(),
});

/**
 * What a telephone system reports of a call. Order and number of reports do not matter. It says nothing of who is there:
 * a number is a hint.
 */
export const callFactSchema = z.object({
  kind: z.literal('call'),
  ...common,
  /** How the telephone system names the call. */
  callId: key(200),
  event: z.enum(['started', 'answered', 'transferred', 'ended']),
  direction: z.enum(['inbound', 'outbound']).optional(),
  /** Of the person, as the telephone system writes it; null where it is withheld. */
  number: text(120).nullish(),
  queue: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/)
    .optional(),
  agent: key(200).optional(),
  /** The task that the call is made for. */
  taskId: z.uuid().optional(),
});

/**
 * Something a provider told us. Facts are stored before the provider gets its reply, each once, and worked off later in
 * any order. Connectors in other languages answer the same as JSON, so this schema is what checks them all.
 */
export const factSchema = z.discriminatedUnion('kind', [
  receiptFactSchema,
  responseFactSchema,
  eventFactSchema,
  optOutFactSchema,
  optInFactSchema,
  messageFactSchema,
  callFactSchema,
]);
export type Fact = z.input<typeof factSchema>;
/** A fact after the schema has checked it. */
export type CheckedFact = z.output<typeof factSchema>;
export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = Extract<CheckedFact, { kind: K }>;

const replySchema = z.object({
  status: z.int().min(200).max(599),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().max(1_000_000).optional(),
});
/** What the provider is answered, to the letter. */
export type WebhookReply = z.infer<typeof replySchema>;

/** What `receive` answers, as JSON; `facts` are checked one by one, so that a wrong one does not cost the others. */
export const receivedSchema = z.object({ reply: replySchema, facts: z.array(z.unknown()).max(10_000) });

/** What `receive` makes of a webhook. */
export interface ReceivedFacts {
  /** Sent once the facts are durable. */
  reply: WebhookReply;
  facts: Fact[];
}

/** What `poll` answers, as JSON. */
export const polledSchema = z.object({
  cursor: z.string().max(10_000),
  facts: z.array(z.unknown()).max(10_000),
  more: z.boolean().optional(),
});

/** What `poll` fetched. Facts and cursor become durable together. */
export interface PolledFacts {
  /** Where to go on next time. */
  cursor: string;
  facts: Fact[];
  /** There is more: ask again at once. */
  more?: boolean;
}

/** Facts that passed the schema, and what is wrong with those that did not. */
export interface CheckedFacts {
  facts: CheckedFact[];
  refused: { index: number; fact: unknown; problem: string }[];
}

/** Checks facts one by one. A wrong one is a mistake of the connector and does not cost the others. */
export function checkFacts(facts: readonly unknown[]): CheckedFacts {
  const checked: CheckedFacts = { facts: [], refused: [] };
  facts.forEach((fact, index) => {
    const parsed = factSchema.safeParse(fact);
    if (parsed.success) checked.facts.push(parsed.data);
    else {
      const [issue] = parsed.error.issues;
      const problem = `${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'not a fact'}`;
      checked.refused.push({ index, fact, problem });
    }
  });
  return checked;
}

/** The person a `forget` is about. */
export interface Subject {
  subjectId: string;
  addresses: string[];
}
