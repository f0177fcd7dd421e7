import type { FastifyInstance } from 'fastify';
import type { TwilioEmulator } from '../twilio/emulator.js';
import { NO_FAULTS, type Faults } from '../twilio/faults.js';
import type { PhoneBook } from './phone-book.js';

interface ByNumber {
  Params: { number: string };
}

const number = {
  type: 'object',
  properties: { number: { type: 'string', pattern: '^\\+[1-9][0-9]{6,14}$' } },
};
const answer = {
  type: 'object',
  required: ['text'],
  additionalProperties: false,
  properties: { text: { type: 'string', minLength: 1, maxLength: 1600 } },
};
const share = { type: 'number', minimum: 0, maximum: 1 };
const faults = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...Object.fromEntries(Object.keys(NO_FAULTS).map((name) => [name, share])),
    latency: { type: 'number', minimum: 0, maximum: 60_000 },
  },
};

/** The phones' JSON API, and the switches of what goes wrong at the provider. */
export function addPhoneRoutes(server: FastifyInstance, phones: PhoneBook, emulator: TwilioEmulator): void {
  const path = '/sandbox/api/phones';
  server.get(path, async () => ({ items: phones.list(), nextCursor: null, ...phones.counts() }));
  server.get<ByNumber>(`${path}/:number`, { schema: { params: number } }, async ({ params }) =>
    phones.conversation(params.number),
  );
  server.post<ByNumber & { Body: { text: string } }>(
    `${path}/:number/messages`,
    { schema: { params: number, body: answer } },
    async ({ params, body }, reply) => reply.code(201).send(await phones.answer(params.number, body.text)),
  );
  server.put<ByNumber>(`${path}/:number/seen`, { schema: { params: number } }, async ({ params }, reply) => {
    phones.markSeen(params.number);
    return reply.code(204).send();
  });
  server.delete(path, async (_request, reply) => {
    emulator.book.clear();
    return reply.code(204).send();
  });

  server.get('/sandbox/api/twilio/faults', async () => emulator.faults.current);
  server.put<{ Body: Partial<Faults> }>(
    '/sandbox/api/twilio/faults',
    { schema: { body: faults } },
    async ({ body }) => {
      emulator.faults.set(body);
      return emulator.faults.current;
    },
  );
}
