import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { nodeOn } from './placement.js';

const READY_MS = 60_000;
const STOP_MS = 15_000;

interface Answer {
  type: 'answer';
  value?: unknown;
  error?: string;
}

/** A process of the bench: started on its cores, asked over IPC, one question at a time. */
export class Child {
  private constructor(
    readonly process: ChildProcess,
    /** What it said when it was ready. */
    readonly ready: unknown,
  ) {}

  /** Starts `script` and waits for its message `{type: 'ready'}`. */
  static async start(
    script: string,
    cores: string | undefined,
    env: Record<string, string> = {},
  ): Promise<Child> {
    const [command, args] = nodeOn(cores, script);
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // JSON would turn an infinite latency into null.
      serialization: 'advanced',
    });
    const said: string[] = [];
    const keep = (chunk: Buffer) => said.push(chunk.toString()) > 50 && said.shift();
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const timer = setTimeout(() => child.kill('SIGKILL'), READY_MS);
    try {
      const ready = await new Promise((resolve, reject) => {
        child.on('message', (message: { type?: string; reason?: string }) => {
          if (message.type === 'ready') resolve(message);
          if (message.type === 'failed') reject(new Error(`${script} could not start: ${message.reason}`));
        });
        child.on('error', reject);
        child.on('exit', (code) =>
          reject(new Error(`${script} ended with ${code} before it was ready:\n${said.join('')}`)),
        );
      });
      return new Child(child, ready);
    } finally {
      clearTimeout(timer);
    }
  }

  get pid(): number {
    return this.process.pid ?? -1;
  }

  /** Sends a question and waits for its answer. */
  ask<T>(question: object): Promise<T> {
    return new Promise((resolve, reject) => {
      const exited = () => reject(new Error('the process ended before it answered'));
      this.process.once('exit', exited);
      this.process.once('message', (answer: Answer) => {
        this.process.off('exit', exited);
        if (answer.error === undefined) resolve(answer.value as T);
        else reject(new Error(answer.error));
      });
      this.process.send(question);
    });
  }

  /** Ends it, by force if it does not end by itself. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(timer);
  }
}

/** The child's side: says that it is ready, then answers questions until it is told to end. */
export function answerQuestions<Q>(answer: (question: Q) => Promise<unknown>, ready: object = {}): void {
  process.on('message', (question: Q) => {
    answer(question).then(
      (value) => process.send?.({ type: 'answer', value } satisfies Answer),
      (error: unknown) =>
        process.send?.({
          type: 'answer',
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        } satisfies Answer),
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.on('SIGTERM', () => process.exit(0));
  process.send?.({ type: 'ready', ...ready });
}

/** The path of a built script beside the module at `base` (its `import.meta.url`). */
export const scriptBeside = (base: string, script: string) => fileURLToPath(new URL(script, base));
