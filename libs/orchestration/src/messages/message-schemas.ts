import { identifiersSchema, messageClasses } from '@repartee/contracts';
import { z } from 'zod';

const fields = {
  identifiers: identifiersSchema,
  channel: z.string().min(1).max(64),
  /** Key of a treatment of this channel. */
  template: z.string().min(1).max(64).optional(),
  /** Key of an offer: its treatment of this channel is sent. */
  offer: z.string().min(1).max(64).optional(),
  data: z.record(z.string(), z.unknown()).default({}),
  class: z.enum(messageClasses),
  sendAt: z.iso.datetime({ offset: true }).optional(),
  brand: z.string().min(1).max(120).optional().describe('Whose voice it speaks with'),
  purpose: z.string().min(1).max(64).optional().describe('What it is for; consent may be scoped to it'),
};
const eitherOr = {
  path: ['template'],
  message: 'either a template or an offer',
};
const oneOf = ({ template, offer }: { template?: string; offer?: string }) =>
  (template === undefined) !== (offer === undefined);
export const requestSchema = z.strictObject(fields).refine(oneOf, eitherOr);
export type MessageRequest = z.infer<typeof requestSchema>;
export const previewSchema = z
  .strictObject({ ...fields, class: fields.class.default('marketing') })
  .refine(oneOf, eitherOr);
export const shownSchema = z.object({
  treatment: z.string(),
  content: z.unknown().describe('As the person would get it, but for what the connector adds on its way'),
  estimate: z
    .looseObject({ bytes: z.number(), parts: z.number() })
    .nullable()
    .describe('Size, messages it takes (segments of a text), cost where the settings name a price'),
});
/** Stands for links that are made when a message is sent; about as long. */
const LINK = `https://example.org/r/${'x'.repeat(120)}`;
export const LINKS = { open: LINK, click: LINK, unsubscribe: LINK, preferences: LINK };
