import { parentPort, workerData } from 'node:worker_threads';
import { ImportFailure } from './import-failure.js';
import type { Portion, ReadPlan } from './portion-builder.js';
import { readPortions } from './read-portions.js';

/** What the thread says: a portion, or how it ended. */
export type WorkerWord = { portion: Portion } | { done: true } | { failed: string; line?: number };

/** What it is told: go on, at this business time. */
export interface WorkerTurn {
  now: number;
}

const port = parentPort;

if (port) {
  const waiting: (() => void)[] = [];
  let turns = 0;
  let now = 0;
  port.on('message', (turn: WorkerTurn) => {
    now = turn.now;
    turns += 1;
    waiting.shift()?.();
  });
  const turn = async () => {
    if (turns === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    turns -= 1;
  };
  const say = (word: WorkerWord) => port.postMessage(word);
  const work = async () => {
    await turn();
    for await (const portion of readPortions(workerData as ReadPlan, () => now)) {
      // Handed over, not copied: the thread that serves people makes nothing of it.
      port.postMessage({ portion } satisfies WorkerWord, [portion.events.buffer]);
      await turn();
    }
    say({ done: true });
  };
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    say({ failed: error.message, ...(error.line !== undefined && { line: error.line }) });
  }
  port.close();
}
