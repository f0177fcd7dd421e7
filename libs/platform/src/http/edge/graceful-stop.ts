import type { FastifyInstance } from 'fastify';

const EVERY_MS = 50;

/**
 * While the server closes, connections are shut as soon as their last answer is out. Node closes those that are idle
 * at the beginning alone; one that was busy then would be kept open until its keep-alive ends.
 */
export function closeIdleConnections(server: FastifyInstance): void {
  server.addHook('preClose', (done) => {
    const timer = setInterval(() => server.server.closeIdleConnections(), EVERY_MS);
    server.server.once('close', () => clearInterval(timer));
    // A server that never listened emits no close.
    if (!server.server.listening) clearInterval(timer);
    done();
  });
}
