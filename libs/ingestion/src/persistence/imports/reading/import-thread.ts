import type { TrackingPlan } from '@repartee/governance/domain';
import { Worker } from 'node:worker_threads';
import { ImportFailure } from './import-failure.js';
import type { WorkerTurn, WorkerWord } from './import.worker.js';
import type { Portion, ReadPlan } from './portion-builder.js';

/** Megabytes of heap a file may take to read, whatever is in it. */
const HEAP = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 12 };
/** Portions under way at once: one is written while the next is read. */
const AHEAD = 2;
/** From `src` and from `dist` alike this is the built file: a thread loads no TypeScript. */
const SCRIPT = new URL('../../../../dist/persistence/imports/reading/import.worker.js', import.meta.url);

/** What the thread is told with each turn. */
export interface ThreadDesk {
  /** Business time, milliseconds since the epoch. */
  now(): number;
  /** The tracking plan in force; the same object until it changes. */
  trackingPlan(): TrackingPlan | undefined;
}

/**
 * Reads a file in a thread of its own, so that nobody's request waits for it. The next portion but one is read when
 * a portion was taken: memory stays bounded however slowly they are written.
 * @throws ImportFailure where the file cannot be read further
 */
export async function* readInThread(plan: ReadPlan, desk: ThreadDesk): AsyncGenerator<Portion> {
  const worker = new Worker(SCRIPT, { workerData: plan, resourceLimits: HEAP, execArgv: [], env: {} });
  const words: (WorkerWord | Error)[] = [];
  let wake: (() => void) | undefined;
  const hear = (word: WorkerWord | Error) => {
    words.push(word);
    wake?.();
  };
  worker.on('message', hear);
  worker.on('error', (error) => hear(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => hear(new Error('the reading thread ended')));
  let told: TrackingPlan | undefined;
  const turn = () => {
    const current = desk.trackingPlan();
    const news = current === told ? {} : { trackingPlan: current ?? null };
    told = current;
    worker.postMessage({ now: desk.now(), ...news } satisfies WorkerTurn);
  };
  try {
    for (let ahead = 0; ahead < AHEAD; ahead += 1) turn();
    for (;;) {
      while (words.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const word = words.shift() as WorkerWord | Error;
      if (word instanceof Error) throw readable(word);
      if ('done' in word) return;
      if ('failed' in word) throw new ImportFailure(word.failed, word.line);
      yield word.portion;
      turn();
    }
  } finally {
    await worker.terminate();
  }
}

/** A thread that runs out of its memory met something that cannot be read in it: that is the file's fault. */
function readable(error: Error): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new ImportFailure('the file cannot be read in bounded memory');
  return code === 'ENOENT' ? new ImportFailure('the file is no longer there') : error;
}
