import { fail, failure, ok, type FailureDetail, type Result } from '@repartee/contracts';
import type { z } from 'zod';
import { jsonPointer } from './json-pointer.js';

const MAX_ERRORS = 50;
const MAX_DETAIL = 500;

/** What a schema says of a value, or what stands in for one. */
type Parsed<T> = { success: true; data: T } | { success: false; error: z.ZodError };

/** Checks `value` against `schema`; every break is listed with its place, up to 50. */
export function validate<S extends z.ZodType>(schema: S, value: unknown, what = 'body'): Result<z.output<S>> {
  return resultOf<z.output<S>>(schema.safeParse(value), what);
}

/** The outcome of a check as a result: see {@link validate}. */
export function resultOf<T>(parsed: Parsed<T>, what = 'body'): Result<T> {
  if (parsed.success) return ok(parsed.data);
  const { issues } = parsed.error;
  return fail(
    failure('HTTP.INVALID_REQUEST', describe(issues.length, what), {
      errors: issues.slice(0, MAX_ERRORS).flatMap(detailsOf),
    }),
  );
}

function describe(count: number, what: string): string {
  return count === 1 ? `one thing is wrong with the ${what}` : `${count} things are wrong with the ${what}`;
}

function detailsOf(issue: z.core.$ZodIssue): FailureDetail[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: jsonPointer([...issue.path, key.slice(0, 100)]),
      detail: 'this member is not known',
    }));
  }
  return [{ pointer: jsonPointer(issue.path), detail: issue.message.slice(0, MAX_DETAIL) }];
}
