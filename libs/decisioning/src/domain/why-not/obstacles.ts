import { diagnoseRule, type Rule, type RuleDiagnosis, type RuleVariables } from '@repartee/profile/domain';
import type { EngagementLevel, EngagementQuestion, ZoneCandidate } from '../catalogue/index.js';
import { allKeptAway, rejectionsOf } from '../contact/index.js';
import { type DropRule, dropRules, type Evaluation } from '../decide/evaluation.js';
import type { DecideInput } from '../decide/decide-input.js';
import { Evaluator } from '../decide/evaluator.js';
import { ownValidity } from '../decide/own-validity.js';
import { standingOf } from '../decide/standing.js';
import { isVerified } from '../decide/verified.js';
import { BY_CHANGE, type Lifting, NEVER } from './lifting.js';

/** What may stand in the way: the rules of a decision, and what comes before there is one. */
export const obstacleRules = [
  'not-published',
  'no-treatment',
  'restricted',
  'control-group',
  ...dropRules,
] as const;
export type ObstacleRule = (typeof obstacleRules)[number];

/** One thing that stands between a person and an offer. */
export interface Obstacle {
  rule: ObstacleRule;
  /** The policy, the experiment or the other offer behind it; what is unknown. */
  detail: string | null;
  question: EngagementQuestion | null;
  level: EngagementLevel | null;
  lifting: Lifting;
  /** Of a rule in CEL: its text, and what would make it hold. */
  condition: { source: string; diagnosis: RuleDiagnosis } | null;
}

export function obstacleOf(rule: ObstacleRule, lifting: Lifting, detail: string | null = null): Obstacle {
  return { rule, detail, question: null, level: null, lifting, condition: null };
}

/**
 * Everything that stands in the way of an offer, in the order in which a decision asks; a decision itself stops at the first.
 * Hard caps are asked elsewhere: they are counted in the database.
 * @param evaluation what a decision found of the offer
 */
export function obstaclesOf(
  candidate: ZoneCandidate,
  input: DecideInput,
  evaluation: Evaluation | null,
): Obstacle[] {
  const obstacles = new ObstacleFinder(input).find(candidate);
  const { dropped = null } = evaluation ?? {};
  // Whatever else kept it away is told as the decision told it.
  if (dropped !== null && dropped !== 'outranked' && !obstacles.some(({ rule }) => sameRule(rule, dropped))) {
    const { detail = null, until = null } = evaluation ?? {};
    obstacles.push(obstacleOf(dropped, until === null ? BY_CHANGE : { when: 'at', at: until }, detail));
  }
  return obstacles;
}

/**
 * What would make all rules of the engagement policy hold together: where they speak of the same fact, what helps one may
 * harm another. Null when all hold.
 */
export function togetherOf(
  obstacles: readonly Obstacle[],
  { offer }: ZoneCandidate,
  input: DecideInput,
): RuleDiagnosis | null {
  if (!obstacles.some(({ condition }) => condition !== null)) return null;
  const rules = offer.engagement.map(({ rule }) => input.snapshot.rules[rule]!.rule);
  const offers = new Set(rules.flatMap(({ bound }) => (bound ? [JSON.stringify(bound)] : [])));
  // The parts of a bundle speak of different offers: together they cannot be asked.
  if (offers.size > 1 && offer.bundle.length > 0) return { conditions: [], remedies: [], turnsAt: null };
  const attributes = Object.assign({}, ...rules.map(({ bound }) => attributesOf(bound))) as object;
  const all = rules.map(({ source }) => `(${source})`).join(' && ');
  return diagnoseRule(all, 'profile+context+offer', { ...variablesOf(input), offer: { attributes } });
}

function attributesOf(bound: Rule['bound']): object {
  return (bound?.offer as { attributes?: object } | undefined)?.attributes ?? {};
}

function sameRule(one: ObstacleRule, other: DropRule): boolean {
  const rules: readonly ObstacleRule[] = ['not-eligible', 'not-applicable', 'not-suitable', 'unknown'];
  return one === other || (rules.includes(one) && rules.includes(other));
}

function variablesOf({ profile, context, now }: DecideInput): RuleVariables {
  return { profile, context, now: new Date(now) };
}

const OBJECTIONS = {
  eligibility: 'not-eligible',
  applicability: 'not-applicable',
  suitability: 'not-suitable',
} as const;

/** Finds what stands in the way of one offer after the other. */
export class ObstacleFinder {
  private readonly evaluator: Evaluator;

  /** @param diagnoses whether to find out what would make rules hold, which takes its time */
  constructor(
    private readonly input: DecideInput,
    private readonly diagnoses = true,
  ) {
    this.evaluator = new Evaluator(input);
  }

  find(candidate: Pick<ZoneCandidate, 'offer'>): Obstacle[] {
    return [
      ...this.validity(candidate),
      ...this.stock(candidate),
      ...this.engagement(candidate),
      ...this.memory(candidate),
      ...this.contacts(candidate),
      ...this.experiments(candidate),
    ];
  }

  private validity({ offer }: Pick<ZoneCandidate, 'offer'>): Obstacle[] {
    const { now } = this.input;
    const memory = this.evaluator.memoryOf(offer);
    const { validFrom, validUntil } =
      offer.timing === null ? offer : ownValidity(this.input, offer, offer.timing, memory);
    if (now < validFrom) return [obstacleOf('not-yet-valid', { when: 'at', at: validFrom })];
    if (now >= validUntil) return [obstacleOf('no-longer-valid', NEVER, offer.replacement)];
    const known = !offer.verifiedOnly || isVerified(this.input.context);
    return known ? [] : [obstacleOf('not-verified', BY_CHANGE)];
  }

  private stock({ offer }: Pick<ZoneCandidate, 'offer'>): Obstacle[] {
    const shortage = this.input.items?.shortageOf(offer) ?? null;
    return shortage === null ? [] : [obstacleOf('out-of-stock', BY_CHANGE, shortage)];
  }

  private engagement({ offer }: Pick<ZoneCandidate, 'offer'>): Obstacle[] {
    const { rules } = this.input.snapshot;
    return offer.engagement.flatMap(({ rule, question, level }): Obstacle[] => {
      const verdict = this.evaluator.verdict(rule);
      if (verdict.value === true) return [];
      const found = {
        rule: verdict.unknown === undefined ? OBJECTIONS[question] : ('unknown' as const),
        detail: verdict.unknown ?? null,
        question,
        level,
      };
      if (!this.diagnoses) return [{ ...found, lifting: BY_CHANGE, condition: null }];
      const { source, bound } = rules[rule]!.rule;
      const variables = { ...variablesOf(this.input), ...bound };
      const diagnosis = diagnoseRule(source, 'profile+context+offer', variables);
      return [
        {
          ...found,
          lifting: diagnosis.turnsAt === null ? BY_CHANGE : { when: 'at', at: diagnosis.turnsAt },
          condition: { source, diagnosis },
        },
      ];
    });
  }

  private memory({ offer }: Pick<ZoneCandidate, 'offer'>): Obstacle[] {
    const { now, profile } = this.input;
    const memory = this.evaluator.memoryOf(offer);
    const found: Obstacle[] = [];
    if (!offer.repeatable && memory !== undefined && memory.accepts + memory.converts > 0)
      found.push(obstacleOf('already-accepted', NEVER));
    if (memory?.until !== undefined && now < memory.until)
      found.push(obstacleOf('wanted-later', { when: 'at', at: memory.until }));
    for (const { offer: key, until, session } of rejectionsOf(profile, offer, memory, now))
      found.push(
        obstacleOf(
          'rejected',
          { when: session ? 'earliest' : 'at', at: until },
          key === offer.key ? null : key,
        ),
      );
    return found;
  }

  private contacts({ offer }: Pick<ZoneCandidate, 'offer'>): Obstacle[] {
    const { now, channel, snapshot, profile } = this.input;
    const { suppressions } = standingOf(snapshot, profile);
    return allKeptAway(suppressions, offer, channel, now).map(({ policy, until }) =>
      obstacleOf('contact-policy', { when: 'at', at: until }, policy.key),
    );
  }

  private experiments({ offer }: Pick<ZoneCandidate, 'offer'>): Obstacle[] {
    const hiddenBy = this.input.trials?.rank(offer.key)?.hiddenBy ?? null;
    return hiddenBy === null ? [] : [obstacleOf('in-experiment', BY_CHANGE, hiddenBy)];
  }
}
