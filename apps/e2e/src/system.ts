import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(__dirname, '../../..');
const STARTS_WITHIN = 90_000;
const STOPS_WITHIN = 30_000;
/** What the programs take from the surroundings; everything else would make one machine's run differ from another's. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'USER', 'LD_LIBRARY_PATH'];

export interface FirstKeys {
  write: string;
  server: string;
  admin: string;
  signingSecret: string;
}

/** The whole product: core, sandbox and storefront, on a database of its own. */
export interface System {
  /** Origin of everything. */
  url: string;
  keys: FirstKeys;
  /** Where it keeps what it made: the keys, and the accounts of the demo with their passwords. */
  dataDir: string;
  /** Ends all of it and removes the data. */
  stop(): Promise<{ exitCode: number | null; errors: string[] }>;
}

/** What the system is told beside the usual, once it is known where it will be. */
export type Surroundings = (url: string) => Promise<Record<string, string>>;

/** Starts what `npm start` starts, as it was built. */
export async function startSystem(surroundings: Surroundings = () => Promise.resolve({})): Promise<System> {
  // Named so that the next run's set-up clears away what a run that was killed left behind.
  const dataDir = await mkdtemp(join(tmpdir(), `repartee-test-${process.pid}-e2e-`));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const more = await surroundings(url);
  const child = spawn(process.execPath, [join(ROOT, 'tools/bootstrap/start.mjs'), '--built'], {
    cwd: ROOT,
    env: {
      ...Object.fromEntries(INHERITED.map((name) => [name, process.env[name]])),
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      // As under npm: it notices when whoever started it is gone.
      npm_lifecycle_event: 'start',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const output = collectOutput(child);
  const stop = async (): ReturnType<System['stop']> => {
    const exitCode = await end(child, ended);
    const errors = await loggedErrors(join(dataDir, 'logs'));
    if (exitCode !== 0) errors.push(output());
    await rm(dataDir, { recursive: true, force: true });
    return { exitCode, errors };
  };
  try {
    await ready(ended, output);
  } catch (error) {
    await stop();
    throw error;
  }
  const keys = JSON.parse(await readFile(join(dataDir, 'keys.json'), 'utf8')) as FirstKeys;
  return { url, keys, dataDir, stop };
}

/** @returns what the programs have said so far, whenever it is asked */
function collectOutput(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  return () => output;
}

async function ready(ended: Promise<unknown>, output: () => string): Promise<void> {
  const isOver = ended.then(() => true);
  const deadline = performance.now() + STARTS_WITHIN;
  while (!output().includes('Repartee is running.')) {
    if (await Promise.race([isOver, sleep(50, false)]))
      throw new Error(`the system did not start; is it built (npm run build)?\n${output()}`);
    if (performance.now() > deadline) throw new Error(`the system does not start:\n${output()}`);
  }
}

async function end(child: ChildProcess, ended: Promise<[number | null]>): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN);
  const [exitCode] = await ended;
  clearTimeout(timer);
  return exitCode;
}

/** What the programs logged as an error: a story may end well on the surface and yet leave one. */
async function loggedErrors(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const logs = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return logs.flatMap((log) => log.split('\n').filter((line) => /"level":"(error|fatal)"/.test(line)));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
