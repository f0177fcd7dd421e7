import { rm } from 'node:fs/promises';
import type { TestServer } from './global-set-up.js';

/** Stops the server that the set-up started and removes its data. */
export default async function tearDown(): Promise<void> {
  const key = Symbol.for('repartee.testing.server');
  const server = (globalThis as unknown as Record<symbol, TestServer | undefined>)[key];
  if (!server) return;
  await server.postgres.stop();
  await rm(server.folder, { recursive: true, force: true });
}
