import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import { fail, ok, type Result } from '@repartee/contracts';
import type { RuleVariables } from './rule-variables.js';
import { FieldReaders } from './field-readers.js';
import { shortcutOf } from './rule-shortcut.js';
import { environments, LIMITS, type RuleScope, type RuleTypes } from './rule-types.js';

export type { RuleVariables } from './rule-variables.js';

/** A rule is true, false, or unknown (with the reason): a missing field never counts as false. */
export type Verdict = { value: boolean; unknown?: undefined } | { value?: undefined; unknown: string };

/** Where and why a rule was refused. `start` and `end` are offsets into its text. */
export interface RuleError {
  message: string;
  start: number;
  end: number;
}

export interface Rule {
  readonly source: string;
  /** What it is always asked with, beside what it is given: a rule bound to an offer. */
  readonly bound?: Pick<RuleVariables, 'offer'>;
  evaluate(variables: RuleVariables): Verdict;
}

/** An expression in CEL that gives a number; undefined where it cannot be told. */
export interface NumberExpression {
  readonly source: string;
  evaluate(variables: { candidate: object; candidates: object[] }): number | undefined;
}

/** An expression in CEL that gives a text or a list of texts; numbers count as texts. */
export interface TextsExpression {
  readonly source: string;
  evaluate(variables: RuleVariables): { value?: string[]; unknown?: string };
}

const VERDICTS: readonly [Verdict, Verdict] = [{ value: false }, { value: true }];

const candidateEnvironment = new Environment(LIMITS)
  .registerVariable('candidate', 'map')
  .registerVariable('candidates', 'list');

/** CEL's own errors carry the place; anything else counts as the whole text. */
function ruleError(error: unknown, source: string): RuleError {
  const range = (error as { range?: { start: number; end: number } }).range;
  const text = error instanceof Error ? error.message : String(error);
  return {
    message: text.split('\n')[0] ?? text,
    start: range?.start ?? 0,
    end: range?.end ?? source.length,
  };
}

function refuse(source: string, message: string): Result<never, RuleError> {
  return fail({ message, start: 0, end: source.length });
}

/**
 * Type-checks and compiles a rule in CEL (Common Expression Language, github.com/google/cel-spec).
 * The result type must be bool, or unknown until run time.
 * @param types what `profile.computed` holds; without them, that shows at run time
 * @param fields shared by rules that are asked about the same variables, which must not change meanwhile
 */
export function compileRule(
  source: string,
  scope: RuleScope,
  types?: RuleTypes,
  fields?: FieldReaders,
): Result<Rule, RuleError> {
  const environment = environments[scope];
  try {
    const checked = (types?.(scope) ?? environment).check(source);
    if (!checked.valid) return fail(ruleError(checked.error, source));
    if (checked.type !== 'bool' && checked.type !== 'dyn') {
      return refuse(source, `A rule must be true or false, not ${checked.type}`);
    }
    const run = environment.parse(source);
    const shortcut = shortcutOf(run.ast, fields ?? new FieldReaders());
    return ok({
      source,
      evaluate: (variables) => {
        const value = shortcut?.(variables);
        return value === undefined ? evaluate(run, variables) : VERDICTS[value ? 1 : 0];
      },
    });
  } catch (error) {
    return fail(ruleError(error, source));
  }
}

/** Type-checks and compiles an expression that gives texts, as {@link compileRule} does rules. */
export function compileTexts(
  source: string,
  scope: RuleScope,
  types?: RuleTypes,
): Result<TextsExpression, RuleError> {
  try {
    const checked = (types?.(scope) ?? environments[scope]).check(source);
    if (!checked.valid) return fail(ruleError(checked.error, source));
    if (!/^(?:string|int|dyn|list\b.*)$/.test(checked.type ?? ''))
      return refuse(source, `It must give a text or a list of texts, not ${checked.type}`);
    const run = environments[scope].parse(source);
    return ok({ source, evaluate: (variables) => evaluateTexts(run, variables) });
  } catch (error) {
    return fail(ruleError(error, source));
  }
}

/** A rule, or a part of one, as a tree; for those who look into it. Throws when it cannot be read. */
export function parseRule(source: string, scope: RuleScope): ParseResult {
  return environments[scope].parse(source);
}

/** Type-checks and compiles an expression over `candidate` and `candidates` that gives a number. */
export function compileScore(source: string): Result<NumberExpression, RuleError> {
  try {
    const checked = candidateEnvironment.check(source);
    if (!checked.valid) return fail(ruleError(checked.error, source));
    if (!['int', 'double', 'uint', 'dyn'].includes(checked.type ?? '')) {
      return refuse(source, `A score must be a number, not ${checked.type}`);
    }
    const run = candidateEnvironment.parse(source);
    return ok({ source, evaluate: (variables) => evaluateNumber(run, { ...variables }) });
  } catch (error) {
    return fail(ruleError(error, source));
  }
}

function evaluate(run: (context: Record<string, unknown>) => unknown, variables: RuleVariables): Verdict {
  // A missing field is an everyday answer here, not a fault: V8 need not collect a stack for it (8 of 10 µs).
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const value = run(variables as unknown as Record<string, unknown>);
    return typeof value === 'boolean'
      ? { value }
      : { unknown: `gave ${typeof value} instead of true or false` };
  } catch (error) {
    return { unknown: error instanceof Error ? (error.message.split('\n')[0] ?? 'failed') : 'failed' };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function evaluateTexts(
  run: (context: Record<string, unknown>) => unknown,
  variables: RuleVariables,
): { value?: string[]; unknown?: string } {
  try {
    const value = run({ ...variables });
    const all: unknown[] = Array.isArray(value) ? value : [value];
    const wrong = all.find((one) => !['string', 'number', 'bigint'].includes(typeof one));
    return wrong === undefined ? { value: all.map(String) } : { unknown: `gave ${typeof wrong} for a text` };
  } catch (error) {
    return { unknown: ruleError(error, '').message };
  }
}

/** Integers come as bigint. */
function evaluateNumber(
  run: (context: Record<string, unknown>) => unknown,
  variables: Record<string, unknown>,
): number | undefined {
  try {
    const value = run(variables);
    const number = typeof value === 'bigint' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  } catch {
    return undefined;
  }
}
