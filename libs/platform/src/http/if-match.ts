import { fail, failure, type Result, ok } from '@repartee/contracts';

/** What a controller needs of the reply to say the version of what it answers. */
export interface HeaderWriter {
  header(name: string, value: string): unknown;
}

/** Answers with a document, and with its version as entity tag (RFC 9110, section 8.8.3). */
export function tagged<T extends { version: number }>(reply: HeaderWriter, document: T): T;
export function tagged<T>(reply: HeaderWriter, document: T, version: number): T;
export function tagged<T extends { version?: number }>(
  reply: HeaderWriter,
  document: T,
  version = document.version,
): T {
  void reply.header('etag', `"${version}"`);
  return document;
}

/**
 * The version a caller has seen, from `If-Match` (RFC 9110, section 13.1.1). Fails with 428 without the header, and with
 * 412 when it names no version of ours.
 */
export function versionOf(ifMatch: string | undefined): Result<number> {
  if (ifMatch === undefined)
    return fail(failure('HTTP.PRECONDITION_REQUIRED', 'Say in If-Match which version you have seen.'));
  const version = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
  if (version === undefined)
    return fail(failure('HTTP.PRECONDITION_FAILED', 'If-Match names no version of this.'));
  return ok(Number(version));
}
