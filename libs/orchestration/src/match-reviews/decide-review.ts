import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { type Review, ReviewStore } from '@repartee/identity';
import { Clock, Database, type Transaction } from '@repartee/platform';
import { GoldenRecords } from '@repartee/profile';
import { type Saying, Verdicts } from '../merge/verdicts.js';

/** A person's answer to a review. */
export interface ReviewDecision {
  id: string;
  verdict: 'same' | 'different';
  actor: string;
}

/** Lets a person decide what the rules leave open. */
@Injectable()
export class DecideReview {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReviewStore) private readonly reviews: ReviewStore,
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
    @Inject(Verdicts) private readonly verdicts: Verdicts,
  ) {}

  /** The same verdict again changes nothing; another one is refused, as somebody has acted on the first. */
  async decide(decision: ReviewDecision): Promise<Result<Review>> {
    await this.verdicts.prepare();
    return this.database.transaction((tx) => this.run(tx, decision));
  }

  private async run(tx: Transaction, { id, verdict, actor }: ReviewDecision): Promise<Result<Review>> {
    const review = await this.reviews.lock(tx, id);
    if (!review) return fail(failure('REVIEW.NOT_FOUND', 'No review has this id.'));
    if (review.verdict === verdict) return ok(review);
    if (review.verdict !== null)
      return fail(failure('REVIEW.DECIDED', `It was decided before: ${review.verdict}.`));
    const { a, b, kind } = review;
    const at = this.clock.now();
    const saying: Saying = { verdicts: [{ a, b, verdict }], actor, reason: `review of ${kind}`, at };
    const batch = await this.records.open(tx, []);
    const resolution = await this.verdicts.say(tx, batch, saying);
    await this.reviews.decide(tx, id, verdict, actor);
    await this.verdicts.commit(tx, batch, resolution, saying);
    return ok({ ...review, verdict, decidedAt: new Date(at).toISOString(), decidedBy: actor });
  }
}
