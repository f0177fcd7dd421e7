import type { FirstKeys } from '@repartee/access';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Call, caller } from './call.js';

/** The core as it is shipped: `npm test` builds it first. */
const MAIN = join(__dirname, '../../dist/main.js');

/** A core in a process of its own, which can be killed and started again. */
export interface CoreProcess {
  readonly url: string;
  readonly keys: FirstKeys;
  readonly call: Call;
  /** What it has printed so far. */
  readonly said: readonly string[];
  /** Ends it like a power cut. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
}

/** A port nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a core and waits until it serves. */
export async function startCoreProcess(environment: Record<string, string>): Promise<CoreProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], REPARTEE_SEED: 'none', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const { keys } = await readiness(child, said);
  const url = `http://127.0.0.1:${environment['PORT']}`;
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return { url, keys, call: caller(url, keys), said, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

function readiness(child: ChildProcess, said: string[]): Promise<{ keys: FirstKeys }> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: { type: string; reason?: string; keys: FirstKeys }) =>
      message.type === 'ready' ? resolve(message) : reject(new Error(message.reason)),
    );
    child.once('exit', (code) => reject(new Error(`the core ended with ${code}: ${said.join('')}`)));
  });
}
