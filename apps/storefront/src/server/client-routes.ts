import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendProblem } from './problem.js';

/** Offers may bring pictures of their own; everything else comes from here. */
const policy =
  "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; base-uri 'none'; " +
  "object-src 'none'; frame-ancestors 'self'";

/** The built client. Every address that names no file is a page of it. */
export function addClientRoutes(server: FastifyInstance, folder: string): void {
  const index = join(folder, 'index.html');
  const page = existsSync(index) ? readFileSync(index) : null;
  const sendPage = (reply: FastifyReply): FastifyReply =>
    page
      ? reply
          .type('text/html; charset=utf-8')
          .headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' })
          .send(page)
      : notFound(reply);

  void server.register(fastifyStatic, {
    root: folder,
    prefix: '/shop/',
    index: false,
    wildcard: true,
    setHeaders: (reply, path) => {
      // Built files carry a hash of their content in their names.
      const lasting = path.includes('/assets/');
      reply.setHeader('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  for (const path of ['/', '/shop']) server.get(path, (_request, reply) => reply.redirect('/shop/'));
  server.get('/shop/', (_request, reply) => sendPage(reply));
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const isPage =
      request.method === 'GET' && path.startsWith('/shop/') && !/^\/shop\/(api|assets|art)\//.test(path);
    return isPage ? sendPage(reply) : notFound(reply);
  });
}

function notFound(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, {
    status: 404,
    code: 'SHOP.NO_SUCH_PATH',
    title: 'No such path',
    detail: 'Nothing answers here.',
  });
}
