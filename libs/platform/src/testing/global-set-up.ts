import { mkdtemp, readdir, rm } from 'node:fs/promises';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedPostgres } from '../embedded-postgres/index.js';

/** Where the tear-down finds the server; both run in Jest's own process. */
const SERVER = Symbol.for('repartee.testing.server');

export interface TestServer {
  readonly postgres: EmbeddedPostgres;
  readonly folder: string;
}

/** One PostgreSQL for the whole Jest run, unless TEST_DATABASE_URL names one. */
export default async function setUp(): Promise<void> {
  if (process.env['TEST_DATABASE_URL']) return;
  const [{ startEmbeddedPostgres }, { stopPostmaster }, { isAlive, mayServe, readPostmasterFile }] =
    await withTypeScriptResolution(() =>
      Promise.all([
        import('../embedded-postgres/index.js'),
        import('../embedded-postgres/postmaster.js'),
        import('../embedded-postgres/postmaster-file.js'),
      ]),
    );
  // A run that was killed had no tear-down.
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^repartee-test-(\d+)-/.exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    const cluster = join(tmpdir(), name, 'postgres');
    const server = readPostmasterFile(cluster)?.pid;
    if (server && mayServe(server, cluster)) await stopPostmaster(server, cluster);
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
  const folder = await mkdtemp(join(tmpdir(), `repartee-test-${process.pid}-`));
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir: folder,
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
    });
    process.env['TEST_DATABASE_URL'] = postgres.url;
    Object.assign(globalThis, { [SERVER]: { postgres, folder } satisfies TestServer });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

type Resolve = (request: string, parent: { filename?: string } | undefined, ...rest: unknown[]) => string;

/** Jest compiles set-up files but resolves their imports as Node does, which finds no `.ts` behind a `.js`. */
async function withTypeScriptResolution<T>(load: () => Promise<T>): Promise<T> {
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const original = loader._resolveFilename;
  loader._resolveFilename = (request, parent, ...rest) => {
    const ours = parent?.filename?.endsWith('.ts') && /^\.\.?\/.*\.js$/.test(request);
    return original.call(Module, ours ? request.slice(0, -3) : request, parent, ...rest);
  };
  try {
    return await load();
  } finally {
    loader._resolveFilename = original;
  }
}
