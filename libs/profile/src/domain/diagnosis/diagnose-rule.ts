import { type ASTNode, serialize } from '@marcbachmann/cel-js';
import { parseRule, type RuleVariables } from '../rule.js';
import type { RuleScope } from '../rule-types.js';
import { type NeededFact, withFacts } from './needed-fact.js';
import { pathOf, RuleSolver, type Way } from './solve-rule.js';

/** A condition within a rule that is not as it would have to be. */
export interface FailedCondition {
  /** In CEL. */
  source: string;
  verdict: 'true' | 'false' | 'unknown';
  /** Paths of the facts it asks for. */
  facts: string[][];
}

/** Why a rule does not hold, and what would make it hold. */
export interface RuleDiagnosis {
  /** The conditions to blame. */
  conditions: FailedCondition[];
  /** Facts that together would make the rule hold, the fewest first; each was tried. None: we cannot say. */
  remedies: NeededFact[][];
  /** When it holds by the passing of time alone, if it does; milliseconds. */
  turnsAt: number | null;
}

/** Remedies that are told. */
const MOST_REMEDIES = 5;
/** Values that are tried for one way. */
const MOST_TRIALS = 64;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How far ahead time is looked through, and in which steps. */
const AHEAD = [
  { step: 15 * MINUTE, until: 2 * DAY },
  { step: HOUR, until: 14 * DAY },
  { step: DAY, until: 400 * DAY },
];

/**
 * Why a rule that does not hold does not, and what would make it hold. For those who ask why not; never on the way of a decision.
 * Every remedy was put to the test: with its facts the rule holds.
 */
export function diagnoseRule(source: string, scope: RuleScope, variables: RuleVariables): RuleDiagnosis {
  // Most of what is tried fails for want of a fact: V8 need not collect a stack each time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return diagnose(source, scope, variables);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function diagnose(source: string, scope: RuleScope, variables: RuleVariables): RuleDiagnosis {
  let parsed: ReturnType<typeof parseRule>;
  try {
    parsed = parseRule(source, scope);
  } catch {
    return { conditions: [], remedies: [], turnsAt: null };
  }
  const holds = (known: RuleVariables): boolean => {
    try {
      return parsed(known as Record<string, unknown>) === true;
    } catch {
      return false;
    }
  };
  const solver = new RuleSolver(scope, variables);
  const remedies: NeededFact[][] = [];
  const seen = new Set<string>();
  for (const way of solver.ways(parsed.ast, true)) {
    const remedy = tried(way, variables, holds);
    const key = JSON.stringify(remedy?.map(({ path, relation, operand }) => [path, relation, operand]));
    if (remedy === undefined || remedy.length === 0 || seen.has(key)) continue;
    seen.add(key);
    if (remedies.push(remedy) === MOST_REMEDIES) break;
  }
  return {
    conditions: blamed(parsed.ast, true, solver),
    remedies,
    turnsAt: turningPoint(source, variables, holds),
  };
}

/** The facts with values that make the rule hold together; undefined when none of those tried do. */
function tried(
  way: Way,
  variables: RuleVariables,
  holds: (variables: RuleVariables) => boolean,
): NeededFact[] | undefined {
  let choices: NeededFact[][] = [[]];
  for (const { examples, ...fact } of way) {
    choices = choices.flatMap((chosen) => examples.map((example) => [...chosen, { ...fact, example }]));
    if (choices.length > MOST_TRIALS) choices.length = MOST_TRIALS;
  }
  const found = choices.find((facts) => holds(withFacts(variables, facts)));
  return found && settled(found);
}

/** Where several facts speak of one thing, the value that was put there last stands for all; that it is known goes without saying. */
function settled(facts: readonly NeededFact[]): NeededFact[] {
  const last = new Map(facts.map(({ path, example }) => [path.join('\n'), example]));
  const valued = new Set(
    facts.filter(({ relation }) => relation !== 'known').map(({ path }) => path.join('\n')),
  );
  const seen = new Set<string>();
  return facts.flatMap((fact) => {
    const key = fact.path.join('\n');
    const same = JSON.stringify([key, fact.relation, fact.operand]);
    if ((fact.relation === 'known' && valued.has(key)) || seen.has(same)) return [];
    seen.add(same);
    return [{ ...fact, example: last.get(key) }];
  });
}

/** The innermost conditions that are not as they would have to be. */
function blamed(node: ASTNode, want: boolean, solver: RuleSolver): FailedCondition[] {
  const value = solver.valueOf(node);
  if (value === want) return [];
  if (node.op === '&&' || node.op === '||') return node.args.flatMap((side) => blamed(side, want, solver));
  if (node.op === '!_') return blamed(node.args, !want, solver);
  const verdict = value === true ? 'true' : value === false ? 'false' : 'unknown';
  return [{ source: serialize(node), verdict, facts: factsIn(node) }];
}

function factsIn(node: ASTNode): string[][] {
  const path = pathOf(node);
  if (path !== null) return [path];
  const parts: unknown[] = Array.isArray(node.args) ? node.args.flat() : [node.args];
  const nodes = parts.filter((part) => typeof part === 'object' && part !== null && 'op' in part);
  return nodes.flatMap((part) => factsIn(part as ASTNode));
}

/**
 * The first moment found at which a rule that asks for the time holds, nothing else being otherwise: looked for every quarter of
 * an hour for two days, every hour for two weeks, every day for 400 days, and then to the second.
 */
function turningPoint(
  source: string,
  variables: RuleVariables,
  holds: (variables: RuleVariables) => boolean,
): number | null {
  if (variables.now === undefined || !/\bnow\b/.test(source)) return null;
  const start = variables.now.getTime();
  const holdsAt = (at: number) => holds({ ...variables, now: new Date(at) });
  let before = start;
  for (const { step, until } of AHEAD) {
    for (let at = before + step; at <= start + until; at += step) {
      if (holdsAt(at)) return firstBetween(before, at, holdsAt);
      before = at;
    }
  }
  return null;
}

function firstBetween(before: number, after: number, holdsAt: (at: number) => boolean): number {
  let [low, high] = [before, after];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2);
    if (holdsAt(middle)) high = middle;
    else low = middle;
  }
  return high;
}
