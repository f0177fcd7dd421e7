import { exampleOf } from '@repartee/connector-sdk';
import {
  checkAnswerSchema,
  checkQuestionSchema,
  compileAnswerSchema,
  compileQuestionSchema,
  eventAnswerSchema,
  eventQuestionSchema,
  forgetAnswerSchema,
  forgetQuestionSchema,
  pollAnswerSchema,
  pollQuestionSchema,
  renderAnswerSchema,
  renderQuestionSchema,
  WEBHOOK_WITHIN,
  webhookAnswerSchema,
  webhookQuestionSchema,
} from '@repartee/contracts';
import { z } from 'zod';

/** One thing the core asks of a connector that runs elsewhere. */
interface BusQuestion {
  title: string;
  description: string;
  question: z.ZodType;
  answer: z.ZodType;
}

const questions: Readonly<Record<string, BusQuestion>> = {
  receive: {
    title: 'Verify and read a webhook',
    description: `Check the request as the provider defines it, against \`url\` and every byte of \`body\`, and in constant time; what is not the provider's is \`{"verified": false}\`. Else say what the provider is to be answered, and which facts it tells. They are stored, each once, before it gets its reply. Pure, and within ${WEBHOOK_WITHIN} ms.`,
    question: webhookQuestionSchema,
    answer: webhookAnswerSchema,
  },
  poll: {
    title: 'Fetch what the provider does not push',
    description: 'Facts that came since `cursor`, and where to go on. The same cursor finds the same again.',
    question: pollQuestionSchema,
    answer: pollAnswerSchema,
  },
  compile: {
    title: 'Check and compile content',
    description: 'Asked when a treatment is published. What it answers comes back as `action.content`.',
    question: compileQuestionSchema,
    answer: compileAnswerSchema,
  },
  render: {
    title: 'Fill content in',
    description: 'The same from the same data. For previews: `deliver` fills in by itself.',
    question: renderQuestionSchema,
    answer: renderAnswerSchema,
  },
  checkSettings: {
    title: 'Try the settings',
    description:
      'Says whether it runs and whether the provider takes its credentials. Sends nothing to anybody.',
    question: checkQuestionSchema,
    answer: checkAnswerSchema,
  },
  forget: {
    title: 'Have the provider forget a person',
    description: 'Also twice, also one it never knew.',
    question: forgetQuestionSchema,
    answer: forgetAnswerSchema,
  },
  onEvent: {
    title: 'Hear what happened',
    description:
      'Something that the manifest subscribes to. A person’s events come one after the other. `accepted`: it is not told again. `rejected` with `retryable: false`: it becomes a dead letter. Everything else, and no answer, has it told again later under the same `event.id`, so know by that what you did already.',
    question: eventQuestionSchema,
    answer: eventAnswerSchema,
  },
};

/** Before every question on NATS: the stream must not take them. */
const PREFIX = 'repartee-ask.';
const ref = (path: string) => ({ $ref: `#/${path}` });

/** The parts of the AsyncAPI document about questions, which go by NATS request and reply. */
export function describeQuestions() {
  return {
    channels: mapped((name, { title }) => ({
      address: `${PREFIX}connector.{connector}.${name}`,
      title,
      messages: {
        [name]: ref(`components/messages/${name}`),
        [answerTo(name)]: ref(`components/messages/${answerTo(name)}`),
      },
      parameters: { connector: { description: 'Name of the connector, as `sms-twilio`' } },
    })),
    operations: mapped((name, { title, description }) => ({
      action: 'receive',
      title,
      description: `${description} Processes of one connector subscribe in one queue group, so that one answers; a manifest names the questions that are answered.`,
      channel: ref(`channels/${name}`),
      messages: [ref(`channels/${name}/messages/${name}`)],
      reply: {
        address: { location: '$message.header#/reply', description: 'The reply subject of the request' },
        messages: [ref(`channels/${name}/messages/${answerTo(name)}`)],
      },
    })),
    messages: {
      ...mapped((name, { title, question }) => messageOf(name, title, question)),
      ...answers((name, { title, answer }) => messageOf(name, `Answer: ${title}`, answer)),
    },
    schemas: {
      ...mapped((_name, { question }) => schemaOf(question)),
      ...answers((_name, { answer }) => schemaOf(answer)),
    },
  };
}

function messageOf(name: string, title: string, schema: z.ZodType): object {
  return {
    name,
    title,
    contentType: 'application/json',
    payload: ref(`components/schemas/${name}`),
    examples: [{ payload: exampleOf(schema) }],
  };
}

function schemaOf(type: z.ZodType): object {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { target: 'draft-7', io: 'input' });
  return schema;
}

function answerTo(name: string): string {
  return `${name}Answer`;
}

function mapped<T>(make: (name: string, question: BusQuestion) => T): Record<string, T> {
  return Object.fromEntries(
    Object.entries(questions).map(([name, question]) => [name, make(name, question)]),
  );
}

function answers<T>(make: (name: string, question: BusQuestion) => T): Record<string, T> {
  return Object.fromEntries(
    Object.entries(questions).map(([name, question]) => [answerTo(name), make(answerTo(name), question)]),
  );
}
