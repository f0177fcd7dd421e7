import type { FastifyInstance } from 'fastify';
import { HubTrouble, type HubLink } from './hub-link.js';

const body = {
  type: 'object',
  required: ['email'],
  additionalProperties: false,
  properties: { email: { type: 'string', maxLength: 254 } },
};

/** Signs this browser in at the hub as one of the demonstration's accounts: the hub's cookie is passed on. */
export function addSignInRoutes(server: FastifyInstance, hub: HubLink): void {
  server.get('/sandbox/api/accounts', async () => ({
    items: hub.accounts.map(({ email }) => ({ email })),
    nextCursor: null,
  }));
  server.post<{ Body: { email: string } }>(
    '/sandbox/api/sign-in',
    { schema: { body } },
    async (request, reply) => {
      const account = hub.accounts.find(({ email }) => email === request.body.email);
      if (!account)
        throw new HubTrouble(404, 'SANDBOX.NO_SUCH_ACCOUNT', 'The demonstration has no such account.');
      const answer = await hub.signIn(account, request.headers['user-agent'] ?? '');
      return reply.header('set-cookie', answer.headers.getSetCookie()).code(204).send();
    },
  );
}
