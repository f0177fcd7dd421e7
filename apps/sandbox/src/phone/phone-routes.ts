import type { FastifyInstance } from 'fastify';
import type { TwilioEmulator } from '../twilio/emulator.js';
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
/** The phones' JSON API. */
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
}
