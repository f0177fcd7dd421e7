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
  /** Below `<prefix>/embed` it may stand within pages of the origins that `REPARTEE_FRAME_ANCESTORS` names. */
  embeds?: boolean;
  /** Files beside the page whose names never change, beside its icon: name → media type. */
  files?: Readonly<Record<string, string>>;
}

const built = (app: string) => fileURLToPath(new URL(`../../${app}/dist/client`, import.meta.url));

const FACES: readonly Face[] = [
  { prefix: '/signin', folder: built('signin') },
  { prefix: '/agent', folder: built('agent'), embeds: true },
  {
    prefix: '/kiosk',
    folder: built('kiosk'),
    files: {
      'worker.js': 'text/javascript; charset=utf-8',
      'bundle.json': 'application/json',
      'manifest.webmanifest': 'application/manifest+json',
    },
  },
];

/** Pictures of offers may lie anywhere. */
const POLICY =
  "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; base-uri 'none'; object-src 'none'; " +
  "form-action 'self'";

/**
 * Serves the faces that are built; where one is not, its address says so.
 * @param frameAncestors who may show a page within their own, as `frame-ancestors` takes it (CSP level 3)
 */
export async function serveFaces(server: FastifyInstance, frameAncestors: string): Promise<void> {
  for (const { prefix, folder, embeds, files = {} } of FACES) {
    const index = join(folder, 'index.html');
    const page = existsSync(index) ? readFileSync(index) : undefined;
    if (page) {
      await server.register(fastifyStatic, {
        root: join(folder, 'assets'),
        prefix: `${prefix}/assets/`,
        decorateReply: false,
        index: false,
        // Where a build has laid compressed copies beside.
        preCompressed: true,
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
    for (const [name, type] of Object.entries(page ? files : {})) {
      const content = readFileSync(join(folder, name));
      server.get(`${prefix}/${name}`, (_request, reply) =>
        reply.type(type).header('cache-control', 'no-cache').send(content),
      );
    }
    const answer = (reply: FastifyReply, ancestors = "'none'") =>
      page ? sendPage(reply, page, ancestors) : absent(reply);
    server.get(prefix, (_request, reply) => answer(reply));
    server.get(`${prefix}/*`, (_request, reply) => answer(reply));
    if (embeds) server.get(`${prefix}/embed`, (_request, reply) => answer(reply, frameAncestors));
  }
}

function sendPage(reply: FastifyReply, page: Buffer, ancestors: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': `${POLICY}; frame-ancestors ${ancestors}`,
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
