import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { readHtml } from '../mailbox/read-mail.js';
import type { MailStore } from '../mailbox/mail-store.js';
import { languageOf } from '../pages/language-of.js';
import { mailDocument } from '../pages/mail-document.js';
import { pages } from '../pages/rooms.js';

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const shellPolicy = "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";
/** A mail may show images and style itself; it may not run, post, or reach the mailbox around it. */
const mailPolicy =
  "default-src 'none'; img-src * data:; style-src 'unsafe-inline' *; font-src * data:; " +
  "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The pages, their scripts and styles, and the document inside the HTML tab. */
export function addPageRoutes(server: FastifyInstance, store: MailStore, clientFolder: string): void {
  const assets = readAssets(clientFolder);

  for (const [path, page] of pages)
    server.get(path, (request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .headers({
          'content-security-policy': shellPolicy,
          'cache-control': 'no-cache',
          vary: 'Accept-Language, Cookie',
        })
        .send(page(languageOf(request))),
    );
  server.get('/', (_request, reply) => reply.redirect('/sandbox'));

  server.get<{ Params: { name: string } }>('/sandbox/assets/:name', (request, reply) => {
    const asset = assets.get(request.params.name);
    if (!asset) return reply.callNotFound();
    return reply
      .type(asset.type)
      .headers({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
      .send(asset.body);
  });

  server.get<{ Params: { id: string } }>('/sandbox/messages/:id/html', async (request, reply) => {
    const source = await store.source(request.params.id);
    const html = source && (await readHtml(source));
    return reply
      .type('text/html; charset=utf-8')
      .headers({ 'content-security-policy': mailPolicy, 'referrer-policy': 'no-referrer' })
      .send(mailDocument(html ?? ''));
  });
}

function readAssets(folder: string): Map<string, { type: string; body: Buffer }> {
  const assets = new Map<string, { type: string; body: Buffer }>();
  for (const name of readdirSync(folder)) {
    const type = types[extname(name)];
    if (type) assets.set(name, { type, body: readFileSync(join(folder, name)) });
  }
  return assets;
}
