import type { z } from 'zod';

/** One thing that is wrong with a configuration, and where. */
export interface Issue {
  /** JSON pointer as URI fragment: `#/offers/0/eligibility`. */
  pointer: string;
  message: string;
  /** Where in the text at `pointer` it is wrong, in characters from 0; for rules. */
  offset?: number;
  /** The same as line and column from 1; for templates. */
  line?: number;
  column?: number;
}

/** A JSON pointer (RFC 6901) as URI fragment. */
export function pointerTo(...path: readonly PropertyKey[]): string {
  const tokens = path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
  return ['#', ...tokens].join('/');
}

/** What a schema found, one issue each. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.map((issue) => ({ pointer: pointerTo(...issue.path), message: issue.message }));
}
