import { drawOf, type Experiment, type ExperimentState, seedOf } from '../domain/index.js';
import type { StoredExperiment } from '../persistence/experiment-store.js';

/** An experiment as it is shown. */
export type ExperimentView = Experiment & {
  state: ExperimentState;
  /** 0 before the first start. */
  phase: number;
  /** What is hashed with the person in this phase. */
  phaseSeed: string;
  released: string | null;
  reason: string | null;
  startedAt: string | null;
  stoppedAt: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export function viewOf(stored: StoredExperiment): ExperimentView {
  const { document, phaseDocument: _, startedAt, stoppedAt, createdAt, updatedAt, ...standing } = stored;
  return {
    ...document,
    ...standing,
    phaseSeed: seedOf(document, standing.phase),
    startedAt: startedAt?.toISOString() ?? null,
    stoppedAt: stoppedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** Whether a document may take the place of another now: while an experiment runs, who gets what stays. */
export function mayBecome({ state, phaseDocument }: StoredExperiment, document: Experiment): boolean {
  if (state !== 'running' || phaseDocument === null) return true;
  return JSON.stringify(drawOf(phaseDocument)) === JSON.stringify(drawOf(document));
}
