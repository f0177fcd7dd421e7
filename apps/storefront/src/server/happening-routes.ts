import type { FastifyInstance } from 'fastify';
import type { Happenings } from './happenings.js';
import type { ShopTokens } from './shop-tokens.js';

const query = {
  type: 'object',
  required: ['anonymousId'],
  properties: { anonymousId: { type: 'string', minLength: 8, maxLength: 128 } },
};
const HEARTBEAT = 15_000;

/** What the hub knows of this visitor, as server-sent events `happening`, as long as the drawer is open. */
export function addHappeningRoutes(
  server: FastifyInstance,
  tokens: ShopTokens,
  happenings: Happenings,
): void {
  server.get<{ Querystring: { anonymousId: string } }>(
    '/shop/api/happenings',
    { schema: { querystring: query } },
    async (request, reply) => {
      const user = await tokens.userOf(request);
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const stop = happenings.watch({
        reference: `anonymous_id:${request.query.anonymousId}`,
        userId: user?.id,
        tell: (happening) => raw.write(`event: happening\ndata: ${JSON.stringify(happening)}\n\n`),
      });
      const heartbeat = setInterval(() => raw.write(': here\n\n'), HEARTBEAT);
      request.raw.once('close', () => {
        stop();
        clearInterval(heartbeat);
      });
    },
  );
}
