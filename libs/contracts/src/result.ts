import { errorEntry, type ErrorCode } from './errors/index.js';

/** One thing that is wrong, and where: `pointer` is a JSON pointer as URI fragment (`#/zones/0/key`). */
export interface FailureDetail {
  pointer: string;
  detail: string;
  /** Line and column in the source document, from 1, where there is one. */
  line?: number;
  column?: number;
}

/** An expected failure: a value, never thrown below the HTTP edge. Becomes an RFC 9457 problem document. */
export interface Failure {
  code: ErrorCode;
  status: number;
  title: string;
  detail: string;
  errors?: FailureDetail[];
  /** Further members of the problem document. */
  extra?: Record<string, unknown>;
  /** Seconds after which a retry makes sense. */
  retryAfter?: number;
}

export type Result<T, F = Failure> = { ok: true; value: T } | { ok: false; failure: F };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function fail<F>(failure: F): { ok: false; failure: F } {
  return { ok: false, failure };
}

/** Builds a failure; status and title come from the table of error codes. */
export function failure(
  code: ErrorCode,
  detail: string,
  more: Pick<Failure, 'errors' | 'extra' | 'retryAfter'> = {},
): Failure {
  const { status, title } = errorEntry(code);
  return { code, status, title, detail, ...more };
}
