import fastifyStatic from '@fastify/static';
import { failure } from '@repartee/contracts';
import { PROBLEM_CONTENT_TYPE, problemDocument } from '@repartee/platform';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Pages that a bundler made, served under a path of our origin: they share the cookie of the session. */
interface Face {
  /** As `/signin`; every address below that names no file is a page of it. */
  prefix: string;
  /** What was built, with an `index.html`. */
  folder: string;
}

const built = (app: string) => fileURLToPath(new URL(`../../${app}/dist/client`, import.meta.url));

const FACES: readonly Face[] = [{ prefix: '/signin', folder: built('signin') }];

const POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; object-src 'none'; " +
  "form-action 'self'; frame-ancestors 'none'";

/** Serves the faces that are built; where one is not, its address says so. */
export async function serveFaces(server: FastifyInstance): Promise<void> {
  for (const { prefix, folder } of FACES) {
    const index = join(folder, 'index.html');
    const page = existsSync(index) ? readFileSync(index) : undefined;
    if (page) {
      await server.register(fastifyStatic, {
        root: join(folder, 'assets'),
        prefix: `${prefix}/assets/`,
        decorateReply: false,
        index: false,
        // Their names carry a hash of their content.
        cacheControl: true,
        immutable: true,
        maxAge: '365d',
      });
    }
    const icon = join(folder, 'mark.svg');
    const mark = existsSync(icon) ? readFileSync(icon) : undefined;
    server.get(`${prefix}/mark.svg`, (_request, reply) =>
      mark ? reply.type('image/svg+xml').header('cache-control', 'max-age=3600').send(mark) : absent(reply),
    );
    const answer = (reply: FastifyReply) => (page ? sendPage(reply, page) : absent(reply));
    server.get(prefix, (_request, reply) => answer(reply));
    server.get(`${prefix}/*`, (_request, reply) => answer(reply));
  }
}

function sendPage(reply: FastifyReply, page: Buffer): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': POLICY,
      'cache-control': 'no-cache',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    .send(page);
}

function absent(reply: FastifyReply): FastifyReply {
  const missing = failure('HTTP.NOT_FOUND', 'This page is not built: run npm run build');
  return reply
    .code(missing.status)
    .type(PROBLEM_CONTENT_TYPE)
    .send(Buffer.from(JSON.stringify(problemDocument(missing))));
}
