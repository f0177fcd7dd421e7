import { answerQuestions } from '../child.js';
import { startFastify, startNest, startRaw } from './echo-servers.js';
import type { Column } from './event-table.js';
import { startInsertServer } from './insert-server.js';
import { measureCopy, measureMultiRowInsert } from './table-loads.js';

/** What a ceiling needs to know; each runs in a process of its own on the server's core. */
export type CeilingQuestion =
  | { kind: 'raw' | 'fastify' | 'nest' }
  | { kind: 'insert'; databaseUrl: string; columns: Column[] }
  | { kind: 'rows' | 'copy'; databaseUrl: string; columns: Column[]; seconds: number };

/** Answers with the port of the server it started, or with rows per second. */
function answer(question: CeilingQuestion): Promise<number> {
  switch (question.kind) {
    case 'raw':
      return startRaw();
    case 'fastify':
      return startFastify();
    case 'nest':
      return startNest();
    case 'insert':
      return startInsertServer(question.databaseUrl, question.columns);
    case 'rows':
      return measureMultiRowInsert(question);
    case 'copy':
      return measureCopy(question);
  }
}

answerQuestions(answer);
