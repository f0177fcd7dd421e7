import type { RuleVariables } from '../rule.js';

/** How a fact has to stand to a value. */
export const factRelations = [
  'is',
  'is-not',
  'less-than',
  'at-most',
  'more-than',
  'at-least',
  'one-of',
  'none-of',
  'contains',
  'contains-not',
  'starts-with',
  'ends-with',
  'known',
  'unknown',
] as const;
export type FactRelation = (typeof factRelations)[number];

/** One fact that would have to be otherwise. */
export interface NeededFact {
  /** From the root, as `['profile', 'traits', 'plan']`. */
  path: readonly string[];
  relation: FactRelation;
  /** What it has to stand to; undefined of `known` and `unknown`. */
  operand: unknown;
  /** What it is now; undefined when it is not known. */
  current: unknown;
  /** A value that would do; undefined of `unknown`. */
  example: unknown;
}

/** A fact with several values to try. */
export type OpenFact = Omit<NeededFact, 'example'> & { examples: readonly unknown[] };

/** The value at a path; undefined when anything on the way is missing. */
export function factAt(path: readonly string[], variables: RuleVariables): unknown {
  let value: unknown = variables;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The same variables with facts as they would have to be. Nothing given is changed. */
export function withFacts(
  variables: RuleVariables,
  facts: readonly Pick<NeededFact, 'path' | 'relation' | 'example'>[],
): RuleVariables {
  return facts.reduce<RuleVariables>(
    (all, { path, relation, example }) =>
      placed(all, path, relation === 'unknown' ? undefined : example) as RuleVariables,
    variables,
  );
}

function placed(held: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const own = typeof held === 'object' && held !== null ? (held as Record<string, unknown>) : {};
  const next = placed(Object.hasOwn(own, name) ? own[name] : undefined, rest, value);
  if (next !== undefined) return { ...own, [name]: next };
  return Object.fromEntries(Object.entries(own).filter(([key]) => key !== name));
}

/** Values that stand to `operand` as is asked, the most natural first; none where we cannot think of any. */
export function examplesOf(relation: FactRelation, operand: unknown, current: unknown): unknown[] {
  switch (relation) {
    case 'is':
    case 'at-most':
    case 'at-least':
      return [operand, ...beside(relation, operand)];
    case 'is-not':
    case 'none-of':
      return others(relation === 'is-not' ? [operand] : listOf(operand));
    case 'less-than':
    case 'more-than':
      return beside(relation, operand);
    case 'one-of':
      return listOf(operand).slice(0, 8);
    case 'contains':
      return typeof current === 'string'
        ? [`${current} ${String(operand)}`, operand]
        : [[...listOf(current), operand]];
    case 'contains-not':
      return [listOf(current).filter((one) => one !== operand)];
    case 'starts-with':
    case 'ends-with':
      return [operand];
    case 'known':
      return [operand ?? 'something', 1, true];
    case 'unknown':
      return [undefined];
  }
}

function beside(relation: FactRelation, operand: unknown): unknown[] {
  const sign = relation === 'less-than' || relation === 'at-most' ? -1 : 1;
  if (relation === 'is') return [];
  if (typeof operand === 'number') return [1, 2, 0.5, 0.01].map((step) => operand + sign * step);
  if (operand instanceof Date)
    return [1000, 86_400_000].map((step) => new Date(operand.getTime() + sign * step));
  if (typeof operand !== 'string') return [];
  return sign > 0 ? [`${operand}a`] : operand === '' ? [] : [''];
}

/** Something of the same kind that is none of these. */
function others(taken: readonly unknown[]): unknown[] {
  const [first] = taken;
  if (typeof first === 'boolean') return taken.length === 1 ? [!first] : [];
  if (typeof first === 'number') return [Math.max(...taken.filter((one) => typeof one === 'number')) + 1];
  return first === null ? ['something', 1, true] : ['something else'];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
