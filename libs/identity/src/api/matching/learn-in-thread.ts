import { Worker } from 'node:worker_threads';
import type { Learned, LearningTask } from './learn.worker.js';

/** From `src` and from `dist` alike this is the built file: a thread loads no TypeScript. */
const SCRIPT = new URL('../../../dist/api/matching/learn.worker.js', import.meta.url);
/** Megabytes of heap that learning may take. */
const HEAP = { maxOldGenerationSizeMb: 1024 };

/** Learns a model in a thread of its own, so that nobody's request waits for it. */
export async function learnInThread(task: LearningTask): Promise<Learned> {
  const worker = new Worker(SCRIPT, { workerData: task, resourceLimits: HEAP, execArgv: [], env: {} });
  try {
    return await new Promise<Learned>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the learning thread ended')));
    });
  } finally {
    await worker.terminate();
  }
}
