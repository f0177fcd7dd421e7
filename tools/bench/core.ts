import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Child } from './child.js';

/** What the core says over IPC when it serves. */
interface Ready {
  url: string;
  keys: { write: string; server: string; admin: string };
}

/** A running core and how to reach it. */
export interface Core {
  child: Child;
  port: number;
  keys: Ready['keys'];
}

export interface CoreSettings {
  cores: string | undefined;
  databaseUrl: string;
  dataDir: string;
  /** More of its environment: settings of connectors. */
  environment?: Record<string, string>;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Starts the built core as it is shipped, but for its database, its data folder and its empty catalogue. */
export async function startCore({ cores, databaseUrl, dataDir, environment }: CoreSettings): Promise<Core> {
  const port = await freePort();
  const child = await Child.start(join(process.cwd(), 'apps/core/dist/main.js'), cores, {
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    REPARTEE_SEED: 'none',
    NODE_OPTIONS: await nodeOptions(),
    ...environment,
  });
  const { keys } = child.ready as Ready;
  return { child, port, keys };
}

/** What the core is shipped with, as `npm start` gives it. */
async function nodeOptions(): Promise<string> {
  const text = await readFile(join(process.cwd(), 'apps/core/package.json'), 'utf8');
  return (JSON.parse(text) as { config: { nodeOptions: string } }).config.nodeOptions;
}

/** Calls the core once; throws when it does not answer 2xx. */
export async function call<T>(core: Core, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${core.port}${path}`, {
    method,
    headers: { authorization: `Bearer ${core.keys.admin}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}
