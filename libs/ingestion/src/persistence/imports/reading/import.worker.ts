import { compilePlan } from '@repartee/governance/thread';
import type { PlannableEvent, TrackingPlan } from '@repartee/governance/domain';
import { parentPort, workerData } from 'node:worker_threads';
import { ImportFailure } from './import-failure.js';
import type { Portion, ReadPlan } from './portion-builder.js';
import { readPortions } from './read-portions.js';

/** What the thread says: a portion, or how it ended. */
export type WorkerWord = { portion: Portion } | { done: true } | { failed: string; line?: number };

/** What it is told: go on, at this business time. */
export interface WorkerTurn {
  now: number;
  /** The tracking plan from now on, or that there is none any more; as before where it is not said. */
  trackingPlan?: TrackingPlan | null;
}

const port = parentPort;

if (port) {
  const waiting: (() => void)[] = [];
  let turns = 0;
  let now = 0;
  let told: TrackingPlan | null | undefined;
  let plan: Awaited<ReturnType<typeof compilePlan>> | undefined;
  port.on('message', (turn: WorkerTurn) => {
    now = turn.now;
    if (turn.trackingPlan !== undefined) told = turn.trackingPlan;
    turns += 1;
    waiting.shift()?.();
  });
  const turn = async () => {
    if (turns === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    turns -= 1;
    if (told === undefined) return;
    const next = told;
    told = undefined;
    plan = next ? await compilePlan(next) : undefined;
  };
  /** A check that fails must not stop events. */
  const judge = (event: PlannableEvent) => {
    try {
      return plan?.judge(event);
    } catch {
      return undefined;
    }
  };
  const desk = { now: () => now, judge };
  const say = (word: WorkerWord) => port.postMessage(word);
  const work = async () => {
    await turn();
    for await (const portion of readPortions(workerData as ReadPlan, desk)) {
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
