import { z } from 'zod';
import { actionSchema, attemptSchema, compiledContentSchema, outcomeSchema } from './actions.js';
import { polledSchema, receivedSchema } from './facts.js';
import { heardEventSchema } from './heard-events.js';

/** Data of the bus message `connector.<name>.deliver`: the gate has passed it and *attempt started* is durable. */
export const connectorCommandSchema = z.object({
  action: actionSchema,
  /** ISO 8601. Whoever has not begun by then must not begin, and answers that it was rejected. */
  deadline: z.string(),
});
export type ConnectorCommand = z.infer<typeof connectorCommandSchema>;

/** Data of the bus message `connector.<name>.reconcile`: nobody has said what became of this attempt. */
export const connectorQuestionSchema = z.object({ attempt: attemptSchema });
export type ConnectorQuestion = z.infer<typeof connectorQuestionSchema>;

/** Data of the bus message `connector.outcome`: the answer to both. */
export const connectorAnswerSchema = z.object({
  connector: z.string(),
  deliveryId: z.string(),
  attemptId: z.string(),
  outcome: outcomeSchema,
});
export type ConnectorAnswer = z.infer<typeof connectorAnswerSchema>;

/** Milliseconds in which a webhook is answered: providers do not wait for long. */
export const WEBHOOK_WITHIN = 2000;

/** What went wrong, instead of an answer. */
const refusalSchema = z.object({
  error: z.object({
    detail: z.string(),
    /** Where content is wrong: a JSON pointer into it and, within a string, line and column. */
    errors: z
      .array(
        z.object({
          pointer: z.string(),
          detail: z.string(),
          line: z.int().optional(),
          column: z.int().optional(),
        }),
      )
      .optional(),
  }),
});

/** Question `connector.<name>.receive`: is this request the provider's, and what does it say? */
export const webhookQuestionSchema = z.object({
  request: z.object({
    method: z.string().meta({ examples: ['POST'] }),
    /** Public URL that was called, with its query, as the provider wrote it. */
    url: z.string().meta({ examples: ['https://hub.example.org/v1/connectors/pager/webhooks/status'] }),
    /** Names in lower case. */
    headers: z.record(z.string(), z.string()),
    /** Every byte of the body, in Base64. */
    body: z.base64().meta({ examples: ['eyJzdGF0dXMiOiJkZWxpdmVyZWQifQ=='] }),
  }),
});
export const webhookAnswerSchema = z.union([
  z.object({ verified: z.literal(false) }),
  receivedSchema.extend({ verified: z.literal(true) }),
  refusalSchema,
]);

/** Question `connector.<name>.poll`: what came since? */
export const pollQuestionSchema = z.object({ cursor: z.string().optional() });
export const pollAnswerSchema = z.union([polledSchema, refusalSchema]);

/** Question `connector.<name>.compile`: is this content what the channel takes? Asked when it is published. */
export const compileQuestionSchema = z.object({ content: z.unknown() });
export const compileAnswerSchema = z.union([z.object({ compiled: compiledContentSchema }), refusalSchema]);

/** Question `connector.<name>.render`: compiled content with a person's data filled in. */
export const renderQuestionSchema = z.object({
  content: compiledContentSchema,
  data: z.record(z.string(), z.unknown()),
});
export const renderAnswerSchema = z.union([z.object({ rendered: z.unknown() }), refusalSchema]);

/** Question `connector.<name>.checkSettings`: do you run, and do your settings work? */
export const checkQuestionSchema = z.object({});
export const checkAnswerSchema = z.union([z.object({ works: z.literal(true) }), refusalSchema]);

/** Question `connector.<name>.forget`: have the provider forget a person. */
export const forgetQuestionSchema = z.object({
  subject: z.object({ subjectId: z.string(), addresses: z.array(z.string()) }),
});
export const forgetAnswerSchema = z.union([z.object({ forgotten: z.literal(true) }), refusalSchema]);

/** Question `connector.<name>.onEvent`: something happened that you want to hear of. */
export const eventQuestionSchema = z.object({ event: heardEventSchema });
export const eventAnswerSchema = z.union([z.object({ outcome: outcomeSchema }), refusalSchema]);
