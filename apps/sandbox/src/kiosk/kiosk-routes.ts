import type { FastifyInstance } from 'fastify';
import type { HubLink } from '../hub/hub-link.js';

const approveBody = {
  type: 'object',
  required: ['code', 'name', 'place'],
  additionalProperties: false,
  properties: {
    code: { type: 'string', pattern: '^[A-Za-z0-9]{4}-?[A-Za-z0-9]{4}$' },
    name: { type: 'string', minLength: 1, maxLength: 100 },
    place: { type: 'string', minLength: 1, maxLength: 100 },
  },
};
/** What the demonstration's kiosks may show, and how long somebody may stand still before one. */
const KIOSK = { zones: ['kiosk.main'], idleSeconds: 90 };

/** Kiosks: who is let in, and who is shut out. */
export function addKioskRoutes(server: FastifyInstance, hub: HubLink): void {
  const path = '/sandbox/api/kiosks';
  server.get(path, () => hub.call('GET', '/v1/devices'));
  server.post<{ Body: { code: string; name: string; place: string } }>(
    path,
    { schema: { body: approveBody } },
    async ({ body: { code, name, place } }, reply) => {
      const letters = code.toUpperCase().replace('-', '');
      const shown = `${letters.slice(0, 4)}-${letters.slice(4)}`;
      const approved = await hub.call('POST', `/v1/devices/pairings/${shown}/approve`, {
        name,
        place,
        ...KIOSK,
      });
      return reply.code(201).send(approved ?? {});
    },
  );
  server.delete<{ Params: { id: string } }>(`${path}/:id`, async ({ params }, reply) => {
    await hub.call('DELETE', `/v1/devices/${encodeURIComponent(params.id)}`);
    return reply.code(204).send();
  });
}
