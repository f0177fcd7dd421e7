import { type ASTNode, type BinaryOperator, serialize } from '@marcbachmann/cel-js';
import { parseRule, type RuleVariables } from '../rule.js';
import type { RuleScope } from '../rule-types.js';
import { examplesOf, factAt, type FactRelation, type OpenFact } from './needed-fact.js';

/** Facts that together would do. None: it is so already. */
export type Way = readonly OpenFact[];

/** Ways that are followed: what takes more facts is left out first. */
const MOST_WAYS = 12;
const RELATIONS: Partial<Record<BinaryOperator, FactRelation>> = {
  '==': 'is',
  '!=': 'is-not',
  '<': 'less-than',
  '<=': 'at-most',
  '>': 'more-than',
  '>=': 'at-least',
};
const OPPOSITE: Partial<Record<BinaryOperator, BinaryOperator>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};
const TURNED: Partial<Record<BinaryOperator, BinaryOperator>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};
const CALLS: Readonly<Record<string, FactRelation>> = {
  startsWith: 'starts-with',
  endsWith: 'ends-with',
  contains: 'contains',
};

/**
 * Looks for facts that would make a rule come out otherwise. It knows `&&`, `||`, `!`, `?:`, comparisons and `in` of one fact
 * with something that can be worked out, `has`, facts that are true or false themselves, and what texts begin with, end with or
 * contain; for all else it has no way.
 */
export class RuleSolver {
  constructor(
    private readonly scope: RuleScope,
    private readonly variables: RuleVariables,
  ) {}

  /** The ways in which an expression becomes `want`, the shortest first; none when we cannot say. */
  ways(node: ASTNode, want: boolean): Way[] {
    if (this.valueOf(node) === want) return [[]];
    switch (node.op) {
      case '&&':
      case '||': {
        const [left, right] = node.args.map((side) => this.ways(side, want)) as [Way[], Way[]];
        return (node.op === '&&') === want ? both(left, right) : shortest([...left, ...right]);
      }
      case '!_':
        return this.ways(node.args, !want);
      case '?:': {
        const [condition, yes, no] = node.args;
        return shortest([
          ...both(this.ways(condition, true), this.ways(yes, want)),
          ...both(this.ways(condition, false), this.ways(no, want)),
        ]);
      }
      case 'in':
        return this.membership(node.args, want);
      case 'call':
      case 'rcall':
        return this.called(node, want);
      case '.':
      case '[]':
        return this.needs(node, 'is', want);
      default:
        return this.compared(node, want);
    }
  }

  /** What a part of a rule comes to now; undefined when that cannot be told. Whole numbers come as numbers. */
  valueOf(node: ASTNode): unknown {
    try {
      return plain(parseRule(serialize(node), this.scope)(this.variables));
    } catch {
      return undefined;
    }
  }

  private compared(node: ASTNode, want: boolean): Way[] {
    if (RELATIONS[node.op as BinaryOperator] === undefined) return [];
    const [left, right] = node.args as [ASTNode, ASTNode];
    const operator = want ? (node.op as BinaryOperator) : OPPOSITE[node.op as BinaryOperator]!;
    return shortest([
      ...this.against(left, operator, right),
      ...this.against(right, TURNED[operator] ?? operator, left),
    ]);
  }

  private against(fact: ASTNode, operator: BinaryOperator, other: ASTNode): Way[] {
    const operand = this.valueOf(other);
    return operand === undefined ? [] : this.needs(fact, RELATIONS[operator]!, operand);
  }

  private membership([item, list]: readonly [ASTNode, ASTNode], want: boolean): Way[] {
    const held = this.valueOf(list);
    const ways = Array.isArray(held) ? this.needs(item, want ? 'one-of' : 'none-of', held) : [];
    const wanted = this.valueOf(item);
    if (wanted === undefined) return ways;
    const path = pathOf(list);
    // A name in a map is a fact that is known.
    if (path !== null && typeof wanted === 'string' && isMap(held))
      return [[this.fact([...path, wanted], want ? 'known' : 'unknown', undefined)]];
    return shortest([...ways, ...this.needs(list, want ? 'contains' : 'contains-not', wanted)]);
  }

  private called(node: Extract<ASTNode, { op: 'call' | 'rcall' }>, want: boolean): Way[] {
    if (node.op === 'call') {
      const [name, [asked]] = node.args;
      return name === 'has' && asked ? this.needs(asked, want ? 'known' : 'unknown', undefined) : [];
    }
    const [name, text, [argument]] = node.args;
    const relation = CALLS[name];
    if (!want || relation === undefined || argument === undefined) return [];
    const operand = this.valueOf(argument);
    return typeof operand === 'string' ? this.needs(text, relation, operand) : [];
  }

  private needs(node: ASTNode, relation: FactRelation, operand: unknown): Way[] {
    const path = pathOf(node);
    if (path === null) return [];
    const fact = this.fact(path, relation, operand);
    return fact.examples.length === 0 ? [] : [[fact]];
  }

  private fact(path: readonly string[], relation: FactRelation, operand: unknown): OpenFact {
    const current = plain(factAt(path, this.variables));
    return { path, relation, operand, current, examples: examplesOf(relation, operand, current) };
  }
}

/** The names on the way to a fact; null when it is none: `now`, a whole profile, something worked out. */
export function pathOf(node: ASTNode): string[] | null {
  const names: string[] = [];
  let at = node;
  while (at.op === '.' || at.op === '[]') {
    const name: unknown = at.op === '.' ? at.args[1] : at.args[1].op === 'value' ? at.args[1].args : null;
    if (typeof name !== 'string') return null;
    names.unshift(name);
    at = at.args[0];
  }
  const rooted = at.op === 'id' && (at.args === 'profile' || at.args === 'context');
  return rooted && names.length > 0 ? [at.args as string, ...names] : null;
}

function both(left: readonly Way[], right: readonly Way[]): Way[] {
  return shortest(left.flatMap((one) => right.map((other) => [...one, ...other])));
}

function shortest(ways: readonly Way[]): Way[] {
  return [...ways].sort((a, b) => a.length - b.length).slice(0, MOST_WAYS);
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** CEL counts in bigint. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return Array.isArray(value) ? value.map(plain) : value;
}
