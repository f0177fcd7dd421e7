import type { Failure, FailureDetail } from '@repartee/contracts';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

/** RFC 9457. `type` is a relative reference: the product documents its own errors. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: FailureDetail[];
  [member: string]: unknown;
}

export function problemDocument(failure: Failure): ProblemDocument {
  const { code, status, title, detail, errors, extra } = failure;
  return { ...extra, type: `/docs/errors#${code}`, title, status, detail, code, ...(errors && { errors }) };
}

/** The headers that belong to a failure's answer. */
export function problemHeaders(failure: Failure): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': PROBLEM_CONTENT_TYPE };
  if (failure.retryAfter !== undefined) {
    headers['retry-after'] = String(Math.max(0, Math.ceil(failure.retryAfter)));
  }
  if (failure.status === 401) headers['www-authenticate'] = 'Bearer';
  // What is wrong now may be right in a moment: no cache may keep it.
  headers['cache-control'] = 'no-store';
  return headers;
}
