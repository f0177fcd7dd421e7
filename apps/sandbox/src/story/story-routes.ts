import type { FastifyInstance } from 'fastify';
import type { StoryTeller } from './story-teller.js';

/** The guided story: how far it is, and from the beginning. */
export function addStoryRoutes(server: FastifyInstance, story: StoryTeller): void {
  server.get('/sandbox/api/story', () => story.tell());
  server.post('/sandbox/api/story/begin', async (_request, reply) => {
    await story.begin();
    return reply.code(204).send();
  });
}
