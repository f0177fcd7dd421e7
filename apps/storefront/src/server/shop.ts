import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { demoCustomers } from '../catalogue/demo-customers.js';
import { addAccountRoutes } from './account-routes.js';
import { addCatalogueRoutes } from './catalogue-routes.js';
import { addClientRoutes } from './client-routes.js';
import { addCustomerRoutes } from './customer-routes.js';
import { addHappeningRoutes } from './happening-routes.js';
import { Happenings } from './happenings.js';
import { HubApi } from './hub-api.js';
import { HubEvents } from './hub-events.js';
import { addOrderRoutes } from './order-routes.js';
import { answerWithProblems } from './problem.js';
import { limitRate } from './rate-limit.js';
import type { Settings } from './settings.js';
import { ShopTokens } from './shop-tokens.js';

export interface Shop {
  /** `http://127.0.0.1:<port>`; everything is under `/shop`. */
  url: string;
  /** Lets the hub know the demonstration's customers. */
  introduceCustomers(): Promise<void>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

export async function startShop(settings: Settings, clientFolder: string): Promise<Shop> {
  const events = new HubEvents(settings.hubUrl, settings.serverKey);
  const hub = new HubApi(settings.hubUrl.replace(/\/+$/, ''), settings.serverKey);
  const happenings = new Happenings(hub);
  const server = buildServer(settings, clientFolder, { events, hub, happenings });
  await server.listen({ port: settings.port, host: HOST });
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : settings.port;
  return {
    url: `http://${HOST}:${port}`,
    introduceCustomers: () => events.introduce(demoCustomers),
    stop: async () => {
      happenings.stop();
      await server.close();
      await events.close();
    },
  };
}

interface HubSides {
  events: HubEvents;
  hub: HubApi;
  happenings: Happenings;
}

function buildServer(settings: Settings, clientFolder: string, sides: HubSides): FastifyInstance {
  const { events, hub, happenings } = sides;
  const server = Fastify({
    bodyLimit: 32 * 1024,
    trustProxy: HOST,
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  answerWithProblems(server);
  limitRate(server, { perSecond: 5, burst: 60 });
  const tokens = new ShopTokens(settings.signingSecret, () => hub.now());
  addCatalogueRoutes(server, { host: '', writeKey: settings.writeKey });
  addAccountRoutes(server, tokens, events);
  addCustomerRoutes(server, tokens, hub);
  addHappeningRoutes(server, tokens, happenings);
  addOrderRoutes(server, tokens, events);
  addClientRoutes(server, clientFolder);
  return server;
}
