import type { Failure, Result } from '@repartee/contracts';

/** An expected failure on its way out of the HTTP edge. Below the edge failures are values. */
export class ProblemError extends Error {
  constructor(
    readonly failure: Failure,
    /** Further headers of the answer, such as `www-authenticate`. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${failure.code}: ${failure.detail}`);
    this.name = 'ProblemError';
  }
}

/** The value of a result; its failure becomes the answer to the request. */
export function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.failure);
}
