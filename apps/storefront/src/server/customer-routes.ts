import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { demoCustomers } from '../catalogue/demo-customers.js';
import { CURRENCY } from '../catalogue/product.js';
import type { PastOrder, Preferences, User } from '../catalogue/product.js';
import type { HubApi, HubEntry } from './hub-api.js';
import { sendProblem } from './problem.js';
import type { ShopTokens } from './shop-tokens.js';

const CHANNELS = ['email', 'sms', 'web', 'call_center'] as const;
const PROFILING = 'data:profiling';
const ENTRIES = 200;
const preferencesBody = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: Object.fromEntries([...CHANNELS, 'profiling'].map((name) => [name, { type: 'boolean' }])),
};

/** What a customer sees of themselves: orders and preferences, as the hub has them. */
export function addCustomerRoutes(server: FastifyInstance, tokens: ShopTokens, hub: HubApi): void {
  const signedIn = async <T>(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: (user: User) => Promise<T>,
  ): Promise<T | FastifyReply> => {
    const user = await tokens.userOf(request);
    void reply.header('cache-control', 'no-store');
    return user ? answer(user) : notSignedIn(reply);
  };

  server.get('/shop/api/customers', () => ({ items: demoCustomers, nextCursor: null }));
  server.get('/shop/api/orders', (request, reply) =>
    signedIn(request, reply, async ({ id }) => ({
      items: (await hub.timeline(`user_id:${id}`, ENTRIES)).flatMap(orderOf),
      nextCursor: null,
    })),
  );
  server.get('/shop/api/preferences', (request, reply) =>
    signedIn(request, reply, ({ id }) => preferencesOf(hub, id)),
  );
  server.put<{ Body: Partial<Preferences> }>(
    '/shop/api/preferences',
    { schema: { body: preferencesBody } },
    (request, reply) =>
      signedIn(request, reply, async ({ id }) => {
        const profile = await hub.profile(`user_id:${id}`);
        if (profile) await hub.setConsents(profile.id, consentsOf(request.body));
        return preferencesOf(hub, id);
      }),
  );
}

/** What nobody has refused is wanted; so says the shop at sign-in. */
async function preferencesOf(hub: HubApi, userId: string): Promise<Preferences> {
  const consents = (await hub.profile(`user_id:${userId}`))?.consents ?? {};
  const wanted = (key: string): boolean => consents[key]?.status !== 'denied';
  return {
    email: wanted('email'),
    sms: wanted('sms'),
    web: wanted('web'),
    call_center: wanted('call_center'),
    profiling: wanted(PROFILING),
  };
}

function consentsOf({ profiling, ...channels }: Partial<Preferences>): object[] {
  const proof = { form: 'shop: preferences', method: 'switch' };
  const status = (wanted: boolean): string => (wanted ? 'granted' : 'denied');
  return [
    ...Object.entries(channels).map(([channel, wanted]) => ({ channel, status: status(wanted), proof })),
    ...(profiling === undefined ? [] : [{ dataUse: 'profiling', status: status(profiling), proof }]),
  ];
}

/** An order out of the timeline; what else stands there is passed over. */
function orderOf({ at, kind, data }: HubEntry): PastOrder[] {
  if (kind !== 'event' || data['name'] !== 'Order Completed') return [];
  const { order_id, total, currency, products } = (data['properties'] ?? {}) as Record<string, unknown>;
  return [
    {
      orderId: String(order_id ?? ''),
      at,
      total: Number(total ?? 0),
      currency: typeof currency === 'string' ? currency : CURRENCY,
      products: (Array.isArray(products) ? products : []).map((one: Record<string, unknown>) => ({
        name: String(one['name'] ?? one['product_id'] ?? ''),
        quantity: Number(one['quantity'] ?? 1),
      })),
    },
  ];
}

function notSignedIn(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, {
    status: 401,
    code: 'SHOP.NOT_SIGNED_IN',
    title: 'Nobody is signed in',
    detail: 'Sign in first.',
  });
}
