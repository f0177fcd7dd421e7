import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { addAccountRoutes } from './account-routes.js';
import { addCatalogueRoutes } from './catalogue-routes.js';
import { addClientRoutes } from './client-routes.js';
import { HubEvents } from './hub-events.js';
import { addOrderRoutes } from './order-routes.js';
import { answerWithProblems } from './problem.js';
import { limitRate } from './rate-limit.js';
import type { Settings } from './settings.js';
import { ShopTokens } from './shop-tokens.js';

export interface Shop {
  /** `http://127.0.0.1:<port>`; everything is under `/shop`. */
  url: string;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

export async function startShop(settings: Settings, clientFolder: string): Promise<Shop> {
  const events = new HubEvents(settings.hubUrl, settings.serverKey);
  const server = buildServer(settings, clientFolder, events);
  await server.listen({ port: settings.port, host: HOST });
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : settings.port;
  return {
    url: `http://${HOST}:${port}`,
    stop: async () => {
      await server.close();
      await events.close();
    },
  };
}

function buildServer(settings: Settings, clientFolder: string, events: HubEvents): FastifyInstance {
  const server = Fastify({
    bodyLimit: 32 * 1024,
    trustProxy: HOST,
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  answerWithProblems(server);
  limitRate(server, { perSecond: 5, burst: 60 });
  const tokens = new ShopTokens(settings.signingSecret);
  addCatalogueRoutes(server, { host: '', writeKey: settings.writeKey });
  addAccountRoutes(server, tokens, events);
  addOrderRoutes(server, tokens, events);
  addClientRoutes(server, clientFolder);
  return server;
}
