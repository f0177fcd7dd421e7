import { HubTrouble } from '../hub/hub-link.js';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';

interface ProblemError {
  pointer: string;
  detail: string;
}

/** RFC 9457. */
export function sendProblem(
  reply: FastifyReply,
  problem: { status: number; code: string; title: string; detail: string; errors?: ProblemError[] },
): FastifyReply {
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send({ type: 'about:blank', ...problem });
}

/** Errors and unknown paths as problem documents. */
export function answerWithProblems(server: FastifyInstance): void {
  server.setNotFoundHandler((request, reply) =>
    sendProblem(reply, {
      status: 404,
      code: 'SANDBOX.NO_SUCH_PATH',
      title: 'No such path',
      detail: `Nothing answers ${request.method} ${request.url.split('?')[0]}`,
    }),
  );
  server.setErrorHandler((error: FastifyError | HubTrouble, _request, reply) => {
    if (error instanceof HubTrouble) return sendTrouble(reply, error);
    const status = error.statusCode ?? 500;
    const internal = status >= 500;
    return sendProblem(reply, {
      status,
      code: internal ? 'SANDBOX.INTERNAL' : 'SANDBOX.BAD_REQUEST',
      title: internal ? 'Something went wrong' : 'The request is not valid',
      detail: internal ? 'The sandbox could not answer' : error.message,
      errors: error.validation?.map(({ instancePath, message }) => ({
        pointer: `#${instancePath}`,
        detail: message ?? 'is not valid',
      })),
    });
  });
}

/** What the hub said, as ours; that it does not let us in is our trouble and not the caller's. */
function sendTrouble(reply: FastifyReply, { status, code, message }: HubTrouble): FastifyReply {
  const ours = status === 401 || status === 403 ? 502 : status;
  return sendProblem(reply, { status: ours, code, title: 'The hub said no', detail: message });
}
