import type { FastifyInstance } from 'fastify';
import type { HubClock } from './hub-clock.js';

const forwardBody = {
  type: 'object',
  required: ['by'],
  additionalProperties: false,
  properties: { by: { type: 'string', minLength: 2, maxLength: 40 } },
};

/** Business time, read and moved forward. */
export function addClockRoutes(server: FastifyInstance, clock: HubClock): void {
  server.get('/sandbox/api/clock', () => clock.read());
  server.post<{ Body: { by: string } }>(
    '/sandbox/api/clock/forward',
    { schema: { body: forwardBody } },
    ({ body }) => clock.forward(body.by),
  );
}
