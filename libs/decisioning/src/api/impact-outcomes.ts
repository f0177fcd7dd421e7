import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type OutcomeRow, Outcomes, type PersonalHappening } from '@repartee/experiments';
import { bucketOf } from '@repartee/experiments/domain';
import { Clock, Housekeeping, type Transaction } from '@repartee/platform';
import { armAt, IMPACT, IMPACT_METRICS, monthOf } from '../domain/index.js';
import { Catalogue } from './catalogue.js';

const ENGAGED: ReadonlySet<string> = new Set(['click', 'accept', 'convert']);
const ACCEPTED: ReadonlySet<string> = new Set(['accept', 'convert']);
const DAY_MS = 86_400_000;
/** Months that are kept. */
const KEPT_MS = 400 * DAY_MS;

/** Counts what people in the arms of the impact analysis do with offers. */
@Injectable()
export class ImpactOutcomes implements OnModuleInit {
  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Outcomes) private readonly outcomes: Outcomes,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(DAY_MS, 'forgetting old months of the impact analysis', () =>
      this.outcomes.forget(IMPACT, monthOf(this.clock.now() - KEPT_MS).number),
    );
  }

  /** In the caller's transaction. Of most people nothing is kept, and nothing asked. */
  async observe(tx: Transaction, happenings: readonly PersonalHappening[]): Promise<void> {
    const counted = happenings.filter((happening) => this.counts(happening));
    await this.outcomes.keep(
      tx,
      counted.flatMap((happening) => this.rowsOf(happening)),
      counted,
    );
  }

  /** Whether somebody engaged who may be in an arm: by whatever they may have been drawn. */
  private counts({ response, person, names, at }: PersonalHappening): boolean {
    if (response === undefined || !ENGAGED.has(response.type)) return false;
    const { impact } = this.catalogue.snapshot;
    const { seed } = monthOf(at);
    return [person, ...names].some((unit) => armAt(impact, bucketOf(seed, unit)) !== null);
  }

  private rowsOf({ response, person, at, eventId }: PersonalHappening): OutcomeRow[] {
    if (response === undefined) return [];
    const { engagement, value } = IMPACT_METRICS;
    const { type, offer, decisionId = eventId } = response;
    const common = {
      experiment: IMPACT,
      phase: monthOf(at).number,
      person,
      at,
      eventId,
      needs: null,
      window: null,
    };
    const rows: OutcomeRow[] = [{ ...common, metric: engagement.key, key: eventId, value: 1 }];
    if (!ACCEPTED.has(type)) return rows;
    const worth = response.value ?? this.catalogue.snapshot.offersByKey.get(offer)?.value ?? 0;
    // What is accepted and then bought is worth what it is worth once.
    return [...rows, { ...common, metric: value.key, key: `${decisionId}/${offer}`, value: worth }];
  }
}
