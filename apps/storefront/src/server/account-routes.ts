import type { FastifyInstance } from 'fastify';
import type { SignedIn } from '../catalogue/product.js';
import { accountOf } from './account.js';
import type { HubEvents } from './hub-events.js';
import type { ShopTokens } from './shop-tokens.js';

const signInBody = {
  type: 'object',
  required: ['email'],
  additionalProperties: false,
  properties: {
    email: { type: 'string', maxLength: 254, pattern: '^[^\\s@<>"]+@[^\\s@<>"]+\\.[^\\s@<>"]+$' },
    anonymousId: { type: 'string', minLength: 1, maxLength: 128 },
  },
};

/** Demo accounts: any address signs in, without a password. */
export function addAccountRoutes(server: FastifyInstance, tokens: ShopTokens, events: HubEvents): void {
  server.post<{ Body: { email: string; anonymousId?: string } }>(
    '/shop/api/sign-in',
    { schema: { body: signInBody } },
    async (request, reply): Promise<SignedIn> => {
      const user = accountOf(request.body.email);
      await events.signedIn(user, request.body.anonymousId);
      await tokens.remember(user, request, reply);
      return { user, userToken: await tokens.userToken(user) };
    },
  );

  server.post('/shop/api/sign-out', (request, reply) => {
    tokens.forget(request, reply);
    return reply.code(204).send();
  });

  // 204: that nobody is signed in is an answer, not a failure.
  server.get('/shop/api/me', async (request, reply) => {
    const user = await tokens.userOf(request);
    void reply.header('cache-control', 'no-store');
    return user ? { user, userToken: await tokens.userToken(user) } : reply.code(204).send();
  });
}
