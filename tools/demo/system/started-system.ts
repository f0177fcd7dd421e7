import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pause } from './hub.js';

const STOP_MS = 40_000;

/** A system that the demo started the way `npm start` does. It ends with the demo, however the demo ends. */
export class StartedSystem {
  private summed = false;

  private constructor(
    private readonly child: ChildProcess,
    tell: (line: string) => void,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        if (line.includes('Ctrl-C stops')) this.summed = true;
        else if (!this.summed && worthTelling(line)) tell(line);
      });
    }
  }

  static start(root: string, env: NodeJS.ProcessEnv, tell: (line: string) => void): StartedSystem {
    const child = spawn(process.execPath, [join(root, 'tools/bootstrap/start.mjs')], {
      cwd: root,
      // The bootstrap watches its parent when npm runs it: should the demo be killed, the system notices and stops.
      env: { ...env, npm_lifecycle_event: env['npm_lifecycle_event'] ?? 'demo' },
      // A group of its own, so that Ctrl-C reaches the demo alone, which ends the system when it has finished itself.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new StartedSystem(child, tell);
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Resolves when all of it runs, the mailbox and the shop too. */
  async ready(signal: AbortSignal): Promise<void> {
    while (!this.summed && !this.ended) await pause(50, signal);
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(timer);
  }
}

/** Of the bootstrap's words, those before its summary. */
function worthTelling(line: string): boolean {
  return line.trim() !== '' && !line.startsWith('  ');
}
