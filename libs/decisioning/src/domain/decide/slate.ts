import type { Verdict } from '@repartee/profile/domain';
import type { CatalogueSnapshot, CompiledOffer } from '../catalogue/index.js';
import { Evaluation } from './evaluation.js';

/**
 * What one decision is worked out on. Evaluations of hundreds of offers weigh more than all else a decision makes: who decides
 * thousands of times a second wipes a slate that is no longer read, and takes it for the next decision by the same catalogue.
 */
export class Slate {
  /** In the order in which offers were considered. */
  readonly evaluations: Evaluation[] = [];
  /** Of rules by their number, as far as they were asked. */
  readonly verdicts: (Verdict | undefined)[];
  private readonly byOffer: (Evaluation | undefined)[];

  constructor(readonly snapshot: CatalogueSnapshot) {
    // Of their full length at once: an array that is filled far beyond its end becomes a slow dictionary.
    this.byOffer = new Array<undefined>(snapshot.offers.length).fill(undefined);
    this.verdicts = new Array<undefined>(snapshot.rules.length).fill(undefined);
  }

  /** The evaluation of an offer that was considered before. */
  find({ index }: CompiledOffer): Evaluation | undefined {
    const evaluation = this.byOffer[index];
    return evaluation?.considered === true ? evaluation : undefined;
  }

  /** A fresh evaluation of an offer that was not considered before. */
  begin(offer: CompiledOffer): Evaluation {
    let evaluation = this.byOffer[offer.index];
    if (evaluation === undefined) this.byOffer[offer.index] = evaluation = new Evaluation(offer);
    else evaluation.renew();
    evaluation.considered = true;
    this.evaluations.push(evaluation);
    return evaluation;
  }

  /** Forgets the decision: nobody reads its evaluations any longer. */
  wipe(): void {
    for (const evaluation of this.evaluations) evaluation.considered = false;
    this.evaluations.length = 0;
    this.verdicts.fill(undefined);
  }
}
