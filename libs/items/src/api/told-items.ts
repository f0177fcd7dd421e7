import { fail, failure, ok, type Result } from '@repartee/contracts';
import { parseJson } from '@repartee/platform';
import { MOST_ITEMS, type ReadItems, type RejectedItem, type ToldItem } from '../domain/index.js';

/** Wrong items named in one answer. */
const MOST_ERRORS = 100;

/** The items of a body: a list, or lines of JSON (NDJSON). Fails with ITEM.TOO_MANY. */
export function toldItems(body: unknown): Result<ToldItem[]> {
  const told = typeof body === 'string' ? linesOf(body) : (body as unknown[]).map((value) => ({ value }));
  if (told.length <= MOST_ITEMS) return ok(told);
  return fail(failure('ITEM.TOO_MANY', `${told.length} items are told at once; ${MOST_ITEMS} are taken.`));
}

/** Empty lines count as lines and are no items. */
function linesOf(text: string): ToldItem[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = parseJson(line);
    const at = { line: index + 1 };
    return parsed.ok
      ? [{ value: parsed.value, ...at }]
      : [{ value: undefined, malformed: parsed.failure.detail, ...at }];
  });
}

/** Nothing is taken of a list with flaws; each is named. */
export function refusal({ items, rejected }: ReadItems): Result<never> {
  const count = items.length + rejected.length;
  const errors = errorsOf(rejected);
  const [first] = errors;
  const where = first?.line === undefined ? first?.pointer : `line ${first.line}`;
  const detail = `${rejected.length} of ${count} items ${rejected.length === 1 ? 'is' : 'are'} wrong, first ${where}: ${first?.detail}`;
  return fail(failure('ITEM.INVALID', detail, { errors }));
}

function errorsOf(rejected: readonly RejectedItem[]) {
  return rejected.flatMap(({ errors }) => errors).slice(0, MOST_ERRORS);
}
