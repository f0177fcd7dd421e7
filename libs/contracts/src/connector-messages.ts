import { z } from 'zod';
import { actionSchema, attemptSchema, outcomeSchema } from './actions.js';

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
