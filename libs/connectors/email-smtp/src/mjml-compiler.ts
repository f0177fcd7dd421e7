import { Worker } from 'node:worker_threads';

export interface MjmlError {
  line: number;
  message: string;
  tagName: string;
}

export type MjmlAnswer = { html: string } | { errors: MjmlError[] };

const IDLE_MILLISECONDS = 20_000;
const TIME_LIMIT = 15_000;
const MAX_HEAP_MEGABYTES = 256;

/** Compiles MJML in a worker thread, which starts when there is work and ends when there has been none for a while. */
export class MjmlCompiler {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #nextId = 0;
  readonly #waiting = new Map<number, (answer: MjmlAnswer) => void>();

  async compile(source: string): Promise<MjmlAnswer> {
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<MjmlAnswer>((resolve) => {
      this.#waiting.set(id, resolve);
      // Whoever shares the worker with a template that hangs fails with it.
      timer = setTimeout(() => this.#abandon(worker, 'takes too long to compile'), TIME_LIMIT);
      worker.postMessage({ id, source });
    });
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0)
        this.#idle = setTimeout(() => void this.close(), IDLE_MILLISECONDS).unref();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./mjml-worker.cjs', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
      execArgv: [],
    });
    worker.unref();
    worker.on('message', ({ id, ...answer }: MjmlAnswer & { id: number }) => this.#waiting.get(id)?.(answer));
    worker.on('error', (error) => this.#abandon(worker, `could not be compiled: ${error.message}`));
    worker.on('exit', () => this.#abandon(worker, 'could not be compiled: the compiler stopped'));
    return worker;
  }

  #abandon(worker: Worker, message: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const answer of this.#waiting.values()) answer({ errors: [{ line: 1, message, tagName: 'mjml' }] });
    void worker.terminate();
  }
}
