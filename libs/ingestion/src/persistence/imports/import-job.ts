import type { Mapping } from '../../domain/imports/mapping.js';
import type { FileLayout } from '../../domain/imports/rejected-file.js';
import { paceOf } from '../../domain/imports/progress.js';
import type { Place } from './reading/read-record.js';

export const IMPORT_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** One file on its way into the log. */
export interface ImportJob {
  id: string;
  source: string;
  format: 'csv' | 'ndjson';
  mapping: Mapping;
  fileName: string | null;
  feed: string | null;
  digest: string;
  bytes: number;
  maxRefused: number;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  state: ImportState;
  reason: string | null;
  reasonLine: number | null;
  fileKept: boolean;
  place: Place | undefined;
  /** Of CSV, once it was looked at. */
  layout: FileLayout | null;
  bytesRead: number;
  accepted: number;
  refused: number;
  events: number;
  known: number;
  held: number;
  worked: number;
}

/** A row of `import_job` as the driver gives it: bigint as text. */
export interface ImportJobRow {
  id: string;
  source: string;
  format: ImportJob['format'];
  mapping: Mapping;
  file_name: string | null;
  feed: string | null;
  digest: string;
  bytes: string;
  max_refused: number;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  state: ImportState;
  reason: string | null;
  reason_line: string | null;
  file_kept: boolean;
  place_offset: string | null;
  place_line: string | null;
  layout: FileLayout | null;
  bytes_read: string;
  accepted: string;
  refused: string;
  events: string;
  known: string;
  held: string;
  worked: string;
}

export function toJob(row: ImportJobRow): ImportJob {
  const { id, source, format, mapping, feed, digest, state, reason, layout } = row;
  return {
    ...{ id, source, format, mapping, feed, digest, state, reason, layout },
    fileName: row.file_name,
    bytes: Number(row.bytes),
    maxRefused: row.max_refused,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    reasonLine: row.reason_line === null ? null : Number(row.reason_line),
    fileKept: row.file_kept,
    place:
      row.place_offset === null
        ? undefined
        : { offset: Number(row.place_offset), line: Number(row.place_line ?? 1) },
    bytesRead: Number(row.bytes_read),
    accepted: Number(row.accepted),
    refused: Number(row.refused),
    events: Number(row.events),
    known: Number(row.known),
    held: Number(row.held),
    worked: Number(row.worked),
  };
}

/** What people are told of an import. */
export function progressOf(job: ImportJob) {
  const rows = job.accepted + job.refused;
  const pace = paceOf({ bytes: job.bytes, bytesDone: job.bytesRead, rows, worked: job.worked });
  return {
    id: job.id,
    state: job.state,
    reason: job.reason,
    reasonLine: job.reasonLine,
    source: job.source,
    format: job.format,
    fileName: job.fileName,
    feed: job.feed,
    digest: job.digest,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
    rows: { read: rows, accepted: job.accepted, rejected: job.refused },
    events: { written: job.events, known: job.known, quarantined: job.held },
    bytes: { total: job.bytes, read: job.bytesRead },
    rowsPerSecond: pace.rowsPerSecond,
    secondsLeft: job.state === 'running' || job.state === 'queued' ? pace.secondsLeft : null,
    resumable: job.fileKept && (job.state === 'failed' || job.state === 'cancelled'),
  };
}
