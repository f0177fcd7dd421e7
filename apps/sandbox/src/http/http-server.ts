import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { MailStore } from '../mailbox/mail-store.js';
import { addMessageRoutes } from './message-routes.js';
import { addPageRoutes } from './page-routes.js';
import { answerWithProblems } from './problem.js';
import { addStreamRoute } from './stream-route.js';

/** Everything lies under `/sandbox`, where the core passes requests on unchanged. */
export function buildHttpServer(store: MailStore, clientFolder: string): FastifyInstance {
  const server = Fastify({
    bodyLimit: 16 * 1024,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  answerWithProblems(server);
  addMessageRoutes(server, store);
  addStreamRoute(server, store);
  addPageRoutes(server, store, clientFolder);
  return server;
}
