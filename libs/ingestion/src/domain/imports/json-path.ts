import { fail, ok, type Result } from '@repartee/contracts';

/** A place in a JSON document: keys, list positions, and `[]` for each item of a list. */
export type PathStep = string | number | typeof EACH;
export const EACH = Symbol('each item');

const STEP = /\.([^.[\]"\s]+)|\[(\d{1,6})\]|\[("(?:[^"\\]|\\.)*")\]|(\[\])/gy;

/**
 * Reads a declared path: `$.customer.email`, `$["first name"]`, `$.phones[0]`, `$.lines[].sku`. A text that does not
 * begin with `$` names a key of the document itself.
 */
export function parsePath(text: string): Result<PathStep[], string> {
  if (!text.startsWith('$')) return ok([text]);
  const steps: PathStep[] = [];
  let at = 1;
  while (at < text.length) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (!match) return fail(`“${text}” is no path at character ${at + 1}`);
    const [whole, key, position, quoted] = match;
    if (key !== undefined) steps.push(key);
    else if (position !== undefined) steps.push(Number(position));
    else if (quoted !== undefined) steps.push(JSON.parse(quoted) as string);
    else steps.push(EACH);
    at += whole.length;
  }
  if (steps.filter((step) => step === EACH).length > 1) return fail(`“${text}” goes through two lists`);
  return ok(steps);
}

/** What a document holds at a path without `[]`; undefined where there is nothing. */
export function valueAt(document: unknown, path: readonly PathStep[]): unknown {
  let value = document;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || typeof step === 'symbol') return undefined;
    if (!Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** Splits a path at its `[]`: to the list, and from an item on. */
export function splitAtEach(path: readonly PathStep[]): { list?: PathStep[]; rest: PathStep[] } {
  const each = path.indexOf(EACH);
  return each < 0 ? { rest: [...path] } : { list: path.slice(0, each), rest: path.slice(each + 1) };
}
