import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The connector host as it is shipped: `npm test` builds it first. */
const MAIN = join(__dirname, '../../../connector-host/dist/main.js');

/** A connector host in a process of its own. */
export interface HostProcess {
  /** What it has printed so far. */
  readonly said: readonly string[];
  /** Ends it like a power cut. */
  kill(): Promise<void>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
}

/** Starts a connector host and waits until it takes commands. */
export async function startHostProcess(
  connectors: string,
  environment: Record<string, string>,
): Promise<HostProcess> {
  const child = spawn(process.execPath, [MAIN, '--connectors', connectors], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  await readiness(child, said);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return { said, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

function readiness(child: ChildProcess, said: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: { type: string; reason?: string }) =>
      message.type === 'ready' ? resolve() : reject(new Error(message.reason)),
    );
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}: ${said.join('')}`)));
  });
}
