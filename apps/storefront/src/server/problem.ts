import { HubAway } from './hub-api.js';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';

export interface ProblemError {
  pointer: string;
  detail: string;
}

export interface ShopProblem {
  status: number;
  code: string;
  title: string;
  detail: string;
  errors?: ProblemError[];
}

/** RFC 9457. */
export function sendProblem(reply: FastifyReply, problem: ShopProblem): FastifyReply {
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send({ type: 'about:blank', ...problem });
}

export function answerWithProblems(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError | HubAway, _request, reply) => {
    if (error instanceof HubAway)
      return sendProblem(reply, {
        status: 502,
        code: 'SHOP.HUB_AWAY',
        title: 'The hub does not answer',
        detail: 'This needs the hub. Please try again in a moment.',
      });
    const status = error.statusCode ?? 500;
    const internal = status >= 500;
    return sendProblem(reply, {
      status,
      code: internal ? 'SHOP.INTERNAL' : 'SHOP.BAD_REQUEST',
      title: internal ? 'Something went wrong' : 'The request is not valid',
      detail: internal ? 'The shop could not answer' : error.message,
      errors: error.validation?.map(({ instancePath, message }) => ({
        pointer: `#${instancePath}`,
        detail: message ?? 'is not valid',
      })),
    });
  });
}
