import { fail, failure, type Result, ok } from '@repartee/contracts';

/** The version of a document as an entity tag (RFC 9110, section 8.8.3). */
export function etagOf({ version }: { version: number }): string {
  return `"${version}"`;
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
