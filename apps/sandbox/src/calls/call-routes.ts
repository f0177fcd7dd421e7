import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendProblem } from '../http/problem.js';
import type { CallBook } from './call-book.js';
import type { SimulatedCall } from './call.js';

interface ById {
  Params: { id: string };
}

const queue = { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' };
const ringBody = {
  type: 'object',
  required: ['number'],
  additionalProperties: false,
  properties: {
    number: { anyOf: [{ type: 'null' }, { type: 'string', pattern: '^\\+[1-9][0-9]{6,14}$' }] },
    queue: { ...queue, default: 'calls' },
  },
};
const answerBody = {
  type: 'object',
  required: ['agent'],
  additionalProperties: false,
  properties: { agent: { type: 'string', minLength: 1, maxLength: 200 } },
};
const transferBody = {
  type: 'object',
  required: ['queue'],
  additionalProperties: false,
  properties: { queue },
};

/** The call simulator: a telephone system with one person at each end. */
export function addCallRoutes(server: FastifyInstance, calls: CallBook): void {
  const path = '/sandbox/api/calls';
  const with404 = async (
    id: string,
    reply: FastifyReply,
    act: (call: SimulatedCall) => Promise<void>,
  ): Promise<SimulatedCall | FastifyReply> => {
    const call = calls.get(id);
    if (!call) return noSuchCall(reply);
    await act(call);
    return call;
  };

  server.get(path, async () => ({ items: calls.list(), nextCursor: null, ...calls.counts() }));
  server.post<{ Body: { number: string | null; queue: string } }>(
    path,
    { schema: { body: ringBody } },
    async ({ body }, reply) => reply.code(201).send(await calls.ring(body.number, body.queue)),
  );
  server.post<ById & { Body: { agent: string } }>(
    `${path}/:id/answer`,
    { schema: { body: answerBody } },
    ({ params, body }, reply) => with404(params.id, reply, (call) => calls.answer(call, body.agent)),
  );
  server.post<ById & { Body: { queue: string } }>(
    `${path}/:id/transfer`,
    { schema: { body: transferBody } },
    ({ params, body }, reply) => with404(params.id, reply, (call) => calls.transfer(call, body.queue)),
  );
  server.post<ById>(`${path}/:id/hang-up`, ({ params }, reply) =>
    with404(params.id, reply, (call) => calls.hangUp(call)),
  );
}

function noSuchCall(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, {
    status: 404,
    code: 'SANDBOX.NO_SUCH_CALL',
    title: 'No such call',
    detail: 'Newer calls took its place.',
  });
}
