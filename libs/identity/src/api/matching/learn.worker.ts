import { parentPort, workerData } from 'node:worker_threads';
import { matchRecords, type MatchModel, type MatchRecord } from '../../domain/index.js';

/** What learning came to: the model, and who would be one by it. */
export interface Learned {
  model: MatchModel;
  /** Ids of records by person; of people with two records or more. */
  clusters: string[][];
}

const port = parentPort;

if (port) {
  const { model, clusters } = matchRecords(workerData as MatchRecord[]);
  port.postMessage({ model, clusters } satisfies Learned);
}
