import type { FastifyInstance, FastifyReply } from 'fastify';
import type { MailQuery, MailStore } from '../mailbox/mail-store.js';
import { sendProblem } from './problem.js';

interface ById {
  Params: { id: string };
}

const listQuery = {
  type: 'object',
  properties: {
    to: { type: 'string', maxLength: 320 },
    q: { type: 'string', maxLength: 200 },
    cursor: { type: 'string', maxLength: 64 },
    limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  },
};

/** The JSON API: list, one mail, its source, mark as seen, delete all. */
export function addMessageRoutes(server: FastifyInstance, store: MailStore): void {
  const path = '/sandbox/api/messages';

  server.get<{ Querystring: MailQuery }>(path, { schema: { querystring: listQuery } }, (request) =>
    store.list(request.query),
  );

  server.get<ById>(`${path}/:id`, async (request, reply) => {
    return (await store.mail(request.params.id)) ?? noSuchMail(reply);
  });

  server.get<ById>(`${path}/:id/source`, async (request, reply) => {
    const source = await store.source(request.params.id);
    // As plain text: a browser must never take a mail for a page.
    return source
      ? reply.type('text/plain; charset=utf-8').header('x-content-type-options', 'nosniff').send(source)
      : noSuchMail(reply);
  });

  server.put<ById>(`${path}/:id/seen`, (request, reply) =>
    store.markSeen(request.params.id) ? reply.code(204).send() : noSuchMail(reply),
  );

  server.delete(path, (_request, reply) => {
    store.clear();
    return reply.code(204).send();
  });
}

function noSuchMail(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, {
    status: 404,
    code: 'SANDBOX.NO_SUCH_MAIL',
    title: 'No such mail',
    detail: 'It was deleted, or newer mails took its place.',
  });
}
