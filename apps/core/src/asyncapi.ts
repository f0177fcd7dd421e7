import { exampleOf } from '@repartee/connector-sdk';
import {
  cloudEventSchema,
  connectorAnswerSchema,
  connectorCommandSchema,
  connectorQuestionSchema,
} from '@repartee/contracts';
import { z } from 'zod';
import { describeQuestions } from './asyncapi-questions.js';

/** One kind of message between the core and connectors that run elsewhere. */
interface BusMessage {
  /** The type of its CloudEvent; `{connector}` stands for a connector's name. */
  type: string;
  /** What a connector does with it. */
  action: 'receive' | 'send';
  title: string;
  description: string;
  data: z.ZodType;
}

const messages: Readonly<Record<string, BusMessage>> = {
  deliver: {
    type: 'connector.{connector}.deliver',
    action: 'receive',
    title: 'Send one message',
    description:
      'The send gate has passed it and the attempt is recorded. Note durably that it was begun before the provider is called: the same command may come again, and then it must not be carried out again. After the deadline do not begin; answer `rejected`, retryable.',
    data: connectorCommandSchema,
  },
  reconcile: {
    type: 'connector.{connector}.reconcile',
    action: 'receive',
    title: 'Say what became of an attempt',
    description:
      'Nobody has told the core. Ask the provider where it can be asked; what was never begun is `rejected` and must not be begun any more; else answer `unknown`.',
    data: connectorQuestionSchema,
  },
  outcome: {
    type: 'connector.outcome',
    action: 'send',
    title: 'What became of an attempt',
    description:
      'The answer to both. `accepted`: the provider took the message. `rejected`: it was certainly not sent; `retryable` and `retryAfter` (seconds) say whether and when the same may go through. `unknown`: nobody can tell; it is never sent again by itself. May be sent twice.',
    data: connectorAnswerSchema,
  },
};

/** Before every subject of the bus on NATS. */
const PREFIX = 'repartee.';
const STREAM = 'REPARTEE';
const ref = (path: string) => ({ $ref: `#/${path}` });

/**
 * The AsyncAPI 3.0 document of what goes over the bus between the core and connectors, from the connector's side: with
 * it a connector can be written in any language.
 */
export function describeBus(): object {
  const questions = describeQuestions();
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Repartee: connectors over the bus',
      version: '1.0.0',
      description: [
        'How a connector in a process of its own, in any language, is asked to send and says what came of it.',
        'Messages are CloudEvents 1.0 in structured JSON; `traceparent` carries the W3C trace context and is handed on. Questions are plain JSON by request and reply.',
        `On NATS the subject of a message is \`${PREFIX}\` and the type. Messages are stored in the JetStream stream \`${STREAM}\`, which the core declares: read them through a durable pull consumer on the subject as filter, with explicit acknowledgement and \`max_deliver\` -1, named after the type with \`_\` for \`.\` (API subject \`$JS.API.CONSUMER.DURABLE.CREATE.${STREAM}.<durable>\`, then \`$JS.API.CONSUMER.MSG.NEXT.${STREAM}.<durable>\`). Acknowledge (\`+ACK\` to the reply subject) once the outcome is published and its acknowledgement by JetStream is there. Delivery is at least once; what is neither acknowledged nor extended (\`+WPI\`) within \`ack_wait\` comes again.`,
        'Note durably that an attempt was begun before the provider is called, where all processes of the connector see it. A JetStream key-value bucket does: publish to `$KV.<bucket>.<attemptId>` with the header `Nats-Expected-Last-Subject-Sequence: 0`, which is refused where the key is there (stream `KV_<bucket>`, subjects `$KV.<bucket>.>`).',
        'A manifest tells the core of the connector: `docs/api/connector-manifest.json` is its JSON Schema, and the core gets its path in `REPARTEE_CONNECTORS`.',
      ].join('\n\n'),
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    servers: {
      nats: { host: 'localhost:4222', protocol: 'nats', description: 'The server that `NATS_URL` names' },
    },
    channels: {
      ...questions.channels,
      ...mapped((name, { type, title }) => ({
        address: PREFIX + type,
        title,
        messages: { [name]: ref(`components/messages/${name}`) },
        ...(type.includes('{connector}') && {
          parameters: { connector: { description: 'Name of the connector, as `sms-twilio`' } },
        }),
      })),
    },
    operations: {
      ...questions.operations,
      ...mapped((name, { action, title }) => ({
        action,
        title,
        channel: ref(`channels/${name}`),
        messages: [ref(`channels/${name}/messages/${name}`)],
      })),
    },
    components: {
      messages: {
        ...questions.messages,
        ...mapped((name, { type, title, description, data }) => ({
          name,
          title,
          description,
          contentType: 'application/cloudevents+json',
          payload: ref(`components/schemas/${name}`),
          examples: [{ payload: exampleEvent(type, data) }],
        })),
      },
      schemas: { ...questions.schemas, ...mapped((_name, message) => schemaOf(message)) },
    },
  };
}

function mapped<T>(make: (name: string, message: BusMessage) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(messages).map(([name, message]) => [name, make(name, message)]));
}

function envelope(type: z.ZodType, data: z.ZodType) {
  return cloudEventSchema.extend({ type, data });
}

function schemaOf({ type, data }: BusMessage): object {
  const name = type.includes('{')
    ? z
        .string()
        .regex(new RegExp(`^${type.replace('{connector}', '[a-z][a-z0-9-]*').replaceAll('.', '\\.')}$`))
    : z.literal(type);
  const { $schema: _dialect, ...schema } = z.toJSONSchema(envelope(name, data), {
    target: 'draft-7',
    io: 'input',
  });
  return schema;
}

function exampleEvent(type: string, data: z.ZodType): unknown {
  const named = type.replace('{connector}', 'pager');
  return { ...(exampleOf(envelope(z.literal(named), data)) as object), source: '/repartee/core' };
}
