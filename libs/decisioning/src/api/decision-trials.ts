import { Injectable } from '@nestjs/common';
import { Experiments, Exposures } from '@repartee/experiments';
import { type Assignment, trialsFor, type Trials } from '@repartee/experiments/domain';
import type { CatalogueSnapshot, Decision, ImpactArm, ReceiptTrial } from '../domain/index.js';
import type { DecisionQuestion, DecisionSubject } from './decision-question.js';
import { ImpactArms } from './impact-arms.js';

/** Why a person is, or is not, in an experiment that was asked; part of the answer to `explain`. */
export interface ExplainedTrial {
  experiment: string;
  variation: string | null;
  outside: string | null;
  detail: string | null;
}

/** Brings experiments into decisions, and notes who met them. */
@Injectable()
export class DecisionTrials {
  constructor(
    private readonly experiments: Experiments,
    private readonly exposures: Exposures,
    private readonly arms: ImpactArms,
  ) {}

  /** Whether more exposures would be more than may be kept safely. */
  get full(): boolean {
    return this.exposures.full;
  }

  /** Whether so many exposures wait that a mailing should hold back. */
  get crowded(): boolean {
    return this.exposures.crowded;
  }

  /** The experiments of one decision; undefined where none concerns it. */
  of(subject: DecisionSubject, question: DecisionQuestion, now: number): Trials | undefined {
    const { book } = this.experiments;
    if (!book.actsOnOffers || !subject.participant || question.fallbackOnly) return undefined;
    const variables = { profile: subject.view, context: question.context, now: new Date(now) };
    return trialsFor(book, subject.participant, variables);
  }

  /** The arm of the impact analysis a decision is in. @param learned what learning has heard of by then */
  armOf(
    subject: DecisionSubject,
    snapshot: CatalogueSnapshot,
    now: number,
    learned: number,
  ): ImpactArm | null {
    return this.arms.armOf(snapshot.impact, subject, now, learned);
  }

  /** Whoever is in an arm counts from their first decision of the month on. */
  noteArm(arm: ImpactArm, subject: DecisionSubject, now: number): void {
    const exposure = this.arms.exposureOf(arm, subject, now);
    if (exposure === null) return;
    const { profileId, anonymousId, view } = subject;
    this.exposures.note(this.experiments.book, [exposure], { profileId, anonymousId, view }, now);
  }

  /** The experiments as a receipt recorded them. */
  async recorded(trials: readonly ReceiptTrial[]): Promise<Trials | undefined> {
    return trials.length === 0 ? undefined : this.experiments.replay(trials);
  }

  /** Gives chosen offers the treatments that experiments have for them. An answer that was presented before is not given. */
  present(trials: Trials, decision: Decision, { treatments }: CatalogueSnapshot): void {
    trials.withdraw();
    for (const { zone, choices } of decision.zones) {
      for (const choice of choices) {
        const offer = choice.evaluation.offer.key;
        const shown = trials.present(offer, choice.treatment.key, (key) => {
          const treatment = treatments.get(key);
          return treatment?.offer === offer && treatment.channel === zone.channel;
        });
        choice.treatment = treatments.get(shown) ?? choice.treatment;
      }
    }
  }

  note(trials: Trials, { profileId, anonymousId, view }: DecisionSubject, now: number): void {
    this.exposures.note(this.experiments.book, trials.exposures, { profileId, anonymousId, view }, now);
  }

  explain(trials: Trials): ExplainedTrial[] {
    return trials.assignments.map((assignment: Assignment) => ({
      experiment: assignment.experiment.key,
      variation: assignment.variation?.key ?? null,
      outside: assignment.outside ?? null,
      detail: (assignment.outside && assignment.detail) ?? null,
    }));
  }
}
