import type { FastifyInstance } from 'fastify';
import type { LoadShedder } from './load-shedder.js';

const EVERY_MS = 50;

/**
 * While the server closes, what is under way is finished, what still comes on an open connection is refused, and
 * connections are shut as soon as their last answer is out. Node by itself closes those alone that are idle when it
 * begins; one that was busy would be kept open until its keep-alive ends.
 */
export function stopGracefully(server: FastifyInstance, shedder: LoadShedder): void {
  server.addHook('preClose', (done) => {
    shedder.drain();
    const timer = setInterval(() => server.server.closeIdleConnections(), EVERY_MS);
    server.server.once('close', () => clearInterval(timer));
    // A server that never listened emits no close.
    if (!server.server.listening) clearInterval(timer);
    done();
  });
}
