import { fnv32a } from '@repartee/experiments/domain';

/**
 * Small groups of people for whom one part of arbitration is left out, so that its worth can be measured at any time:
 * `random` ranks by chance, `propensity-only` by P, `no-lever` by P × C × V, `model-control` by the counts instead of the
 * models. `reference` gets what everybody gets, and is what the others are compared with. All rules and limits hold for all.
 */
export const impactArms = ['reference', 'random', 'propensity-only', 'no-lever', 'model-control'] as const;
export type ImpactArm = (typeof impactArms)[number];

/** The name under which people and outcomes of the arms are kept; no experiment that is declared can have it. */
export const IMPACT = '#impact';

/** Shares of all people, and from when on they hold. */
export interface CompiledImpact {
  /** Updates that learning has taken in before the arms begin: before that there is nothing to measure. */
  after: number;
  /** The arms, each with the first place in [0, 1) that is no longer its own. */
  arms: readonly { arm: ImpactArm; until: number }[];
  shares: Readonly<Record<ImpactArm, number>>;
}

/** @param percents of all people */
export function compileImpact(percents: Partial<Record<ImpactArm, number>>, after: number): CompiledImpact {
  let until = 0;
  const shares = {
    reference: 5,
    random: 1,
    'propensity-only': 1,
    'no-lever': 1,
    'model-control': 1,
    ...percents,
  };
  const arms = impactArms.flatMap((arm) => {
    until += shares[arm] / 100;
    return shares[arm] > 0 ? [{ arm, until }] : [];
  });
  return {
    after,
    arms,
    shares: Object.fromEntries(impactArms.map((arm) => [arm, shares[arm] / 100])) as CompiledImpact['shares'],
  };
}

/** What holds unless a policy says otherwise. */
export const DEFAULT_IMPACT: CompiledImpact = compileImpact({}, 1000);

/** A calendar month (UTC): people are drawn anew in each. */
export interface ImpactMonth {
  /** As 202611. */
  number: number;
  /** Hashed with the person. */
  seed: string;
  /** Milliseconds; the first moment and the first that is no longer in it. */
  from: number;
  until: number;
}

export function monthOf(at: number): ImpactMonth {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const number = year * 100 + month + 1;
  return {
    number,
    seed: `impact:${number}`,
    from: Date.UTC(year, month, 1),
    until: Date.UTC(year, month + 1, 1),
  };
}

/** The months from one to another, both included. */
export function monthsBetween(from: number, to: number): ImpactMonth[] {
  const months: ImpactMonth[] = [];
  for (let month = monthOf(from); month.from <= to; month = monthOf(month.until)) months.push(month);
  return months;
}

/** The arm whose part of [0, 1) holds a bucket; null for most. */
export function armAt({ arms }: CompiledImpact, bucket: number): ImpactArm | null {
  for (const { arm, until } of arms) if (bucket < until) return arm;
  return null;
}

/** The arm of one decision, and what chance is drawn from. */
export interface ArmOfDecision {
  arm: ImpactArm;
  seed: string;
}

/** By what an arm ranks an offer. */
export function armPriority(
  { arm, seed }: ArmOfDecision,
  offer: string,
  {
    propensity,
    contextWeight,
    value,
    lever,
  }: { propensity: number; contextWeight: number; value: number; lever: number },
): number {
  switch (arm) {
    case 'random':
      return fnv32a(String(fnv32a(`${seed}/${offer}`))) / 2 ** 32;
    case 'propensity-only':
      return propensity;
    case 'no-lever':
      return propensity * contextWeight * value;
    default:
      return propensity * contextWeight * value * lever;
  }
}
