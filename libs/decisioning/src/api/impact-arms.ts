import { Injectable } from '@nestjs/common';
import { bucketOf, type Exposure } from '@repartee/experiments/domain';
import {
  armAt,
  type CompiledImpact,
  IMPACT,
  type ImpactArm,
  type ImpactMonth,
  monthOf,
} from '../domain/index.js';
import type { DecisionSubject } from './decision-question.js';

/** Draws people for the arms of the impact analysis: one hash a decision. Each month (UTC) draws anew. */
@Injectable()
export class ImpactArms {
  private month: ImpactMonth = monthOf(0);

  /** Null for most people, for those nothing is known to tell by, and until learning has something to show. */
  armOf(impact: CompiledImpact, subject: DecisionSubject, now: number, learned: number): ImpactArm | null {
    const unit = subject.participant?.person ?? null;
    if (unit === null || learned < impact.after || impact.arms.length === 0) return null;
    return armAt(impact, bucketOf(this.monthAt(now).seed, unit));
  }

  /** That a person was met in an arm. */
  exposureOf(arm: ImpactArm, { participant }: DecisionSubject, now: number): Exposure | null {
    const unit = participant?.person ?? null;
    return unit === null
      ? null
      : { experiment: IMPACT, phase: this.monthAt(now).number, variation: arm, unit };
  }

  private monthAt(now: number): ImpactMonth {
    if (now < this.month.from || now >= this.month.until) this.month = monthOf(now);
    return this.month;
  }
}
