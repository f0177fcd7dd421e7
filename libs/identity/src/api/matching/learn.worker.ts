import { parentPort, workerData } from 'node:worker_threads';
import { matchRecords, type MatchModel, type MatchRecord } from '../../domain/index.js';

/** What is learned from. */
export interface LearningTask {
  records: readonly MatchRecord[];
  /** Who each record is now, by its id. */
  people: ReadonlyMap<string, string>;
}

/** What learning came to: the model, and who would be one by it. */
export interface Learned {
  model: MatchModel;
  /** Ids of records by person; of people with two records or more. */
  clusters: string[][];
}

const port = parentPort;

if (port) {
  const { records, people } = workerData as LearningTask;
  const { model, clusters } = matchRecords(records, { people });
  port.postMessage({ model, clusters } satisfies Learned);
}
