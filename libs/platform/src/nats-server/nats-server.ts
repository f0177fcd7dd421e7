import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A nats-server with JetStream for tests and measurements, on a free port and with a store of its own that outlives its process. */
export interface NatsServer {
  readonly url: string;
  readonly port: number;
  /** Of the process that runs now. */
  pid(): number | undefined;
  /** Starts it again on the same port and store. */
  start(): Promise<void>;
  /** As SIGTERM does; resolves when it is gone. */
  stop(): Promise<void>;
  /** As a power cut does. */
  kill(): Promise<void>;
  /** Ends it and removes its store. */
  remove(): Promise<void>;
}

const START_LIMIT_MS = 20_000;

/** @param flags further arguments of nats-server, as `--auth` or `--config` */
export async function startNatsServer(flags: readonly string[] = []): Promise<NatsServer> {
  const program = findProgram();
  const folder = await mkdtemp(join(tmpdir(), 'repartee-nats-'));
  const port = await freePort();
  const args = [
    '--addr',
    '127.0.0.1',
    '--port',
    String(port),
    '--jetstream',
    '--store_dir',
    folder,
    ...flags,
  ];
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    await gone;
  };
  const server: NatsServer = {
    url: `nats://127.0.0.1:${port}`,
    port,
    pid: () => child?.pid,
    start: async () => {
      child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      await whenReady(child);
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    remove: async () => {
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** `npm test` says where it is; a spec run by itself looks on the PATH and where Debian keeps servers. */
function findProgram(): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin'];
  const found = [
    process.env['REPARTEE_NATS_SERVER'] ?? '',
    ...folders.map((folder) => join(folder, 'nats-server')),
  ].find((path) => path !== '' && existsSync(path));
  if (!found) throw new Error('nats-server is not installed; on Debian: sudo apt-get install nats-server');
  return found;
}

function whenReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`nats-server did not start: ${said}`)), START_LIMIT_MS);
    child.stderr?.on('data', (chunk: Buffer) => {
      if (said.includes('Server is ready')) return;
      said += chunk.toString();
      if (!said.includes('Server is ready')) return;
      clearTimeout(timer);
      resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`nats-server ended with ${code}: ${said}`));
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
