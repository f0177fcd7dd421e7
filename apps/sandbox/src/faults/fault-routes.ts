import type { FastifyInstance } from 'fastify';
import type { FaultBox, Faults } from './faults.js';

const share = { type: 'number', minimum: 0, maximum: 1 };

/** The switches of what goes wrong at a provider. */
export function addFaultRoutes<F extends Faults>(
  server: FastifyInstance,
  provider: string,
  faults: FaultBox<F>,
): void {
  const path = `/sandbox/api/${provider}/faults`;
  const body = {
    type: 'object',
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(Object.keys(faults.current).map((name) => [name, share])),
      latency: { type: 'number', minimum: 0, maximum: 60_000 },
    },
  };
  server.get(path, async () => faults.current);
  server.put(path, { schema: { body } }, async (request) => {
    faults.set(request.body as Partial<F>);
    return faults.current;
  });
}
