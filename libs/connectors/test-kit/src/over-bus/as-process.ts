import type { ConnectorManifest } from '@repartee/connector-sdk';
import { unknown } from '@repartee/connector-sdk';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Environment, Way } from '../running-connector.js';
import { openBus } from './bus-ground.js';
import { startCoreSide } from './core-side.js';
import { seenFromCore } from './seen-from-core.js';

/** Milliseconds a process has to end once it is asked to. */
const ENDS_WITHIN = 15_000;

/**
 * A connector in another language, as a process of its own over NATS. It prints `ready` when it takes commands, and gets
 * its settings and `NATS_URL` by its environment.
 * @param manifest as the core reads it
 * @param command program and arguments
 */
export function asProcess(manifest: ConnectorManifest, command: readonly [string, ...string[]]): Way {
  return {
    name: 'process-over-nats',
    async open(definition) {
      const bus = await openBus('nats');
      const core = await startCoreSide(definition, bus, manifest.answers);
      return {
        async start(hosted, environment) {
          const running = await startProcess(command, { ...environment, NATS_URL: bus.natsUrl });
          const end = async () => {
            await running.end();
            await core.commands.withdraw(hosted.name);
          };
          await core.commands.answered(hosted.name, 'render');
          return seenFromCore(hosted, core, {
            health: () => '',
            logged: () => running.said.join(''),
            abort: end,
            close: end,
            giveUp: async () => unknown('the process ended'),
          });
        },
        close: async () => {
          await core.close();
          await bus.close();
        },
      };
    },
  };
}

/** Starts a program and waits until it says that it is ready. */
export async function startProcess(
  [program, ...args]: readonly [string, ...string[]],
  environment: Environment,
): Promise<{ said: readonly string[]; end(): Promise<void> }> {
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
  return { said, end: () => endProcess(child) };
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN);
  await exited;
  clearTimeout(timer);
}
