import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Milliseconds a program has to end once it is asked to. */
const ENDS_WITHIN = 15_000;

/** A program in a process of its own. */
export interface RunningProgram {
  /** What it has printed so far. */
  readonly said: readonly string[];
  /** Asks it to end; resolves when it is gone. */
  end(): Promise<void>;
}

/**
 * Starts a program and waits until it prints `ready`.
 * @param command program and arguments
 * @param environment all it gets beside the PATH
 */
export async function startProgram(
  [program, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<RunningProgram> {
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said.push(chunk.toString());
      if (said.join('').includes('ready')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${said.join('')}`)));
  });
  return { said, end: () => endProgram(child) };
}

async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN);
  await exited;
  clearTimeout(timer);
}
