import type { FactRelation, NeededFact } from '@repartee/profile/domain';
import type { EngagementLevel, EngagementQuestion } from '../catalogue/index.js';
import type { Evaluation } from '../decide/evaluation.js';
import { DROP_WORDS } from '../decide/reason.js';
import type { Lifting } from './lifting.js';
import type { Obstacle, ObstacleRule } from './obstacles.js';

/** What whoever asks may see of the person. */
export interface Disclosure {
  /** Whether a fact may be spoken of at all. */
  mayName(path: readonly string[]): boolean;
  /** Whether its present value may be told. */
  mayTell: boolean;
}

/** A fact that would have to be otherwise, as JSON. */
export interface ShownFact {
  fact: string;
  relation: FactRelation;
  value: unknown;
  /** What it is now; null when it is not known, or not for whoever asks. */
  current: unknown;
  /** A value that would do. */
  example: unknown;
  words: string;
}

/** An obstacle in words and as data. */
export interface ShownObstacle {
  rule: ObstacleRule;
  detail: string | null;
  question: EngagementQuestion | null;
  level: EngagementLevel | null;
  lifts: { when: Lifting['when']; at: string | null };
  /** The rule in CEL; null of other obstacles, and where it speaks of what is not shown. */
  condition: string | null;
  /** The parts of it that are to blame. */
  failing: { condition: string; verdict: 'true' | 'false' | 'unknown' }[];
  /** Each list of facts together would make the rule hold. Empty: we cannot say. Null: no rule in CEL. */
  needs: ShownFact[][] | null;
  /** It depends on something that whoever asks may not see. */
  withheld: boolean;
  words: string;
}

const WORDS: Readonly<Record<ObstacleRule, string>> = {
  ...DROP_WORDS,
  'not-published': 'The offer is not published',
  'no-treatment': 'The offer has no treatment for this zone',
  restricted: 'The processing of this person’s data is restricted',
  'control-group': 'The person is in the control group, to whom nothing is offered',
};

const RELATION_WORDS: Readonly<Record<FactRelation, string>> = {
  is: 'must be',
  'is-not': 'must not be',
  'less-than': 'must be less than',
  'at-most': 'must be at most',
  'more-than': 'must be more than',
  'at-least': 'must be at least',
  'one-of': 'must be one of',
  'none-of': 'must be none of',
  contains: 'must contain',
  'contains-not': 'must not contain',
  'starts-with': 'must begin with',
  'ends-with': 'must end with',
  known: 'must be known',
  unknown: 'must not be known',
};

/** Tells of an obstacle what whoever asks may see of it. */
export function describeObstacle(obstacle: Obstacle, disclosure: Disclosure): ShownObstacle {
  const { rule, question, level, lifting, condition } = obstacle;
  const withheld = condition !== null && !mayShow(condition.diagnosis.conditions, disclosure);
  const needs =
    condition === null ? null : withheld ? [] : shownFacts(condition.diagnosis.remedies, disclosure);
  const lifts = withheld ? { when: 'change' as const, at: null } : lifting;
  const detail = withheld ? null : obstacle.detail;
  const shown = {
    rule: withheld ? objection(question) : rule,
    detail,
    question,
    level,
    lifts: { when: lifts.when, at: lifts.at === null ? null : new Date(lifts.at).toISOString() },
    condition: withheld ? null : (condition?.source ?? null),
    failing: withheld ? [] : failingOf(obstacle),
    needs,
    withheld,
  };
  return { ...shown, words: sentence(shown) };
}

/** What a rule asks for that is not there must not show through what it comes to. */
function objection(question: EngagementQuestion | null): ObstacleRule {
  if (question === 'applicability') return 'not-applicable';
  return question === 'suitability' ? 'not-suitable' : 'not-eligible';
}

function mayShow(conditions: readonly { facts: string[][] }[], { mayName }: Disclosure): boolean {
  return conditions.every(({ facts }) => facts.every(mayName));
}

function failingOf({ condition }: Obstacle): ShownObstacle['failing'] {
  return (condition?.diagnosis.conditions ?? []).map(({ source, verdict }) => ({
    condition: source,
    verdict,
  }));
}

/** Remedies as JSON, without those that speak of what is not shown. */
export function shownFacts(remedies: readonly NeededFact[][], disclosure: Disclosure): ShownFact[][] {
  return remedies
    .filter((facts) => facts.every(({ path }) => disclosure.mayName(path)))
    .map((facts) => facts.map((fact) => shownFact(fact, disclosure)));
}

function shownFact(fact: NeededFact, { mayTell }: Disclosure): ShownFact {
  const { relation, operand, current, example } = fact;
  const told = mayTell || fact.path[0] !== 'profile';
  const name = nameOf(fact.path);
  const value = operand === undefined ? null : jsonOf(operand);
  const must = `${name} ${RELATION_WORDS[relation]}${value === null && operand !== null ? '' : ` ${brief(value)}`}`;
  const now = !told ? '' : current === undefined ? ' (not known now)' : ` (now ${brief(jsonOf(current))})`;
  return {
    fact: name,
    relation,
    value,
    current: told ? jsonOf(current) : null,
    example: jsonOf(example),
    words: `${must}${now}`,
  };
}

function nameOf(path: readonly string[]): string {
  return path
    .map((name, at) => {
      if (/^[A-Za-z_]\w*$/.test(name)) return at === 0 ? name : `.${name}`;
      return `[${JSON.stringify(name)}]`;
    })
    .join('');
}

function jsonOf(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.slice(0, 50).map(jsonOf);
  return typeof value === 'object' && value !== null ? `${Object.keys(value).length} entries` : value;
}

function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function sentence({
  rule,
  detail,
  question,
  level,
  lifts,
  needs,
  withheld,
}: Omit<ShownObstacle, 'words'>): string {
  const where =
    (level === 'issue' || level === 'group') && question !== null ? ` (${question} of the ${level})` : '';
  const because = detail === null ? '' : `: ${detail}`;
  const first = `${WORDS[rule]}${where}${because}.`;
  return [first, remedyWords(needs, withheld), liftWords(rule, lifts)]
    .filter((part) => part !== '')
    .join(' ');
}

function remedyWords(needs: ShownFact[][] | null, withheld: boolean): string {
  if (withheld) return 'It depends on something that is not shown here.';
  if (needs === null) return '';
  const [first, ...others] = needs;
  if (first === undefined) return 'We cannot say which fact would change that.';
  const more =
    others.length === 0
      ? ''
      : ` There ${others.length === 1 ? 'is 1 other way' : `are ${others.length} other ways`}.`;
  return `It would hold if: ${first.map(({ words }) => words).join(' and ')}.${more}`;
}

function liftWords(rule: ObstacleRule, { when, at }: ShownObstacle['lifts']): string {
  if (when === 'at') return `By itself that ends at ${at}.`;
  if (when === 'earliest')
    return rule === 'rejected'
      ? `It ends with the session, at ${at} if nothing happens until then.`
      : `That may end at ${at}.`;
  return when === 'never' ? 'That does not end by itself.' : '';
}

/** The numbers by which one offer goes before another, and which of them makes the most of it. */
export function comparisonOf(winner: Evaluation, own: Evaluation): string {
  if (winner.instead) return `${winner.offer.key} takes the place of ${winner.override}, which is over`;
  if (winner.override !== null)
    return `${winner.offer.key} was put there by the marketer (${winner.override})`;
  if (winner.priority === own.priority)
    return `${winner.offer.key} goes before it: both have priority ${round(own.priority)}, and equals are ordered by person and day`;
  if (winner.arm !== null && winner.arm !== 'reference' && winner.arm !== 'model-control')
    return `${winner.offer.key} goes before it, in a group that is ranked otherwise to measure what ranking is worth (${winner.arm})`;
  const factors: [words: string, ratio: number][] = [
    ['more likely to be taken', winner.propensity / own.propensity],
    ['heavier in this context', winner.contextWeight / own.contextWeight],
    ['worth more', winner.offer.value / own.offer.value],
    ['raised more by the marketer', winner.lever / own.lever],
  ];
  const [words, ratio] = factors.reduce((most, one) => (one[1] > most[1] ? one : most));
  const numbers = `priority ${round(winner.priority)} against ${round(own.priority)}`;
  if (!(ratio > 1)) return `${winner.offer.key} goes before it (${numbers})`;
  const times = Number.isFinite(ratio) ? `, ${round(ratio)} times as much` : '';
  return `${winner.offer.key} goes before it (${numbers}), above all because it is ${words}${times}`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** What the answer comes to, in one or two sentences. */
export function summaryOf(
  obstacles: readonly ShownObstacle[],
  rank: { shown: boolean; chance: number | null; winners: readonly string[] },
): string {
  const [first, ...others] = obstacles;
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` Besides that: ${others.map(({ words }) => words).join(' ')}`;
    return `${first.words}${more}`;
  }
  const chance =
    rank.chance === null ? '' : ` Learning explores: it would be shown ${percent(rank.chance)} of the time.`;
  if (rank.shown) return `Nothing stands in its way: it would be shown now.${chance}`;
  return `Nothing keeps it away, but ${rank.winners[0] ?? 'others go before it'}.${chance}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
