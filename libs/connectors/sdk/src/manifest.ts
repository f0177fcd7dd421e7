import { fail, ok, type CompiledContent } from '@repartee/contracts';
import { z } from 'zod';
import { defineConnector, type ConnectorDefinition } from './define-connector.js';

/** What the core can ask of a connector beside messages. */
export const connectorQuestions = [
  'receive',
  'poll',
  'compile',
  'checkSettings',
  'forget',
  'onEvent',
] as const;
export type ConnectorQuestionName = (typeof connectorQuestions)[number];

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
const jsonSchema = z.record(z.string(), z.unknown());

/**
 * A connector in another language, as the core gets to know it: `connector.json`. Its process takes its settings from the
 * environment, by the names that other connectors use; here they are for forms and for its page.
 */
export const manifestSchema = z.strictObject({
  /** Version of this form. */
  manifest: z.literal(1),
  /** Kebab-case and unique. */
  name: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be kebab-case'),
  channel: z.string().min(1),
  /** Namespace of the identifiers by which it reaches people; the channel's own name unless told. */
  addressNamespace: z.string().min(1).optional(),
  /** Range of SDK versions whose protocol it speaks. */
  sdk: z.string(),
  stability: z.enum(['experimental', 'beta', 'stable']).default('experimental'),
  description: z.string().optional(),
  /** JSON Schema of the settings, flat; `writeOnly` marks secrets. */
  settings: z
    .object({
      type: z.literal('object'),
      required: z.array(z.string()).default([]),
      properties: z.record(z.string(), jsonSchema),
    })
    .default({ type: 'object', required: [], properties: {} }),
  capabilities: z.strictObject({
    receipts: z.boolean(),
    reconcile: z.enum(['query', 'evidence', 'none']),
    ratePerSecond: z.number().positive().optional(),
    concurrency: z.int().positive().optional(),
    /** Milliseconds one call may take. */
    timeLimit: z.number().positive().optional(),
  }),
  /** JSON Schema of the content of a treatment. Without `compile` among the answers it is handed over as it is. */
  treatment: jsonSchema.optional(),
  /** The questions it answers. */
  answers: z.array(z.enum(connectorQuestions)).default([]),
  /** What it hears by `onEvent`, and for which purposes. */
  subscribes: z.array(z.string().min(1)).optional(),
  purposes: z.array(z.string().min(1)).optional(),
  /** Attempts that may be under way in its processes at a time. */
  inFlight: z.int().min(1).max(10_000).default(50),
});
export type ConnectorManifest = z.output<typeof manifestSchema>;

const notHere = (): Promise<never> => Promise.reject(new Error('it runs in processes of its own'));

/**
 * The definition of a connector that runs in processes of its own, in whatever language: what a process has to do is
 * asked there, so nothing of it can be called here.
 * @throws Error when a JSON Schema in it cannot be read
 */
export function connectorOfManifest(manifest: ConnectorManifest): ConnectorDefinition {
  const { answers, treatment, settings, capabilities } = manifest;
  const can = (question: ConnectorQuestionName) => answers.includes(question);
  return defineConnector({
    name: manifest.name,
    channel: manifest.channel,
    ...(manifest.addressNamespace !== undefined && { addressNamespace: manifest.addressNamespace }),
    sdk: manifest.sdk,
    stability: manifest.stability,
    ...(manifest.description !== undefined && { description: manifest.description }),
    settings: settingsOf(settings),
    capabilities,
    ...(treatment && {
      treatment: {
        schema: z.fromJSONSchema(treatment as JsonSchema) as z.ZodType<CompiledContent>,
        compile: (content: CompiledContent) =>
          can('compile') ? fail([{ pointer: '#', detail: 'none of its processes answers' }]) : ok(content),
        render: (compiled: CompiledContent) => compiled,
      },
    }),
    deliver: notHere,
    ...(capabilities.reconcile === 'query' && { reconcile: notHere }),
    ...(can('receive') && { verify: () => false, receive: notHere }),
    ...(can('poll') && { poll: notHere }),
    ...(can('checkSettings') && { checkSettings: notHere }),
    ...(can('forget') && { forget: notHere }),
    ...(can('onEvent') && { onEvent: notHere }),
    ...(manifest.subscribes && { subscribes: manifest.subscribes }),
    ...(manifest.purposes && { purposes: manifest.purposes }),
  });
}

function settingsOf({ required, properties }: ConnectorManifest['settings']): z.ZodObject {
  const shape = Object.entries(properties).map(([name, property]) => {
    const schema = z.fromJSONSchema(property as JsonSchema);
    const { description, writeOnly, examples } = property;
    const told = schema.meta({
      ...(typeof description === 'string' && { description }),
      ...(writeOnly === true && { secret: true }),
      ...(Array.isArray(examples) && { examples }),
    });
    return [name, required.includes(name) || 'default' in property ? told : told.optional()] as const;
  });
  return z.object(Object.fromEntries(shape));
}
