import { Inject, Injectable } from '@nestjs/common';
import { ok, type Result } from '@repartee/contracts';
import { FirstChoices, NOTHING, type PastChoice } from '@repartee/decisioning';
import type { CatalogueSnapshot, Receipt } from '@repartee/decisioning/domain';
import { DisplayCredits, LearningFeed, PropensityModel } from '@repartee/learning';
import { aimOf, concludedAfter, evaluateLog, type LoggedChoice } from '@repartee/learning/domain';
import { Clock } from '@repartee/platform';
import { DraftCatalogue } from './draft-catalogue.js';
import type { EvaluateRequest } from './evaluate-schemas.js';
import { type LoggedCase, LoggedCases } from './logged-cases.js';
import { type StudyDesk, type StudyFindings, StudyRefused } from './study-desk.js';

const MINUTE_MS = 60_000;
/** Decisions whose outcomes are read at once. */
const PAGE = 500;

/** A decision that counts, before it is known what came of it. */
interface Round extends Omit<LoggedChoice, 'reward'> {
  decisionId: string;
  /** What a whole yes is worth. */
  worth: number;
}

/** Shares of each offer in a choice. */
type Target = (choice: PastChoice) => Promise<ReadonlyMap<string, number>>;

/** What another policy would have earned on the decisions of the past: off-policy evaluation. */
@Injectable()
export class Evaluate {
  constructor(
    @Inject(DraftCatalogue) private readonly drafts: DraftCatalogue,
    @Inject(LoggedCases) private readonly log: LoggedCases,
    @Inject(FirstChoices) private readonly choices: FirstChoices,
    @Inject(PropensityModel) private readonly model: PropensityModel,
    @Inject(DisplayCredits) private readonly credits: DisplayCredits,
    @Inject(LearningFeed) private readonly feed: LearningFeed,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Fails with what is wrong with the drafts. */
  async check({ drafts }: EvaluateRequest): Promise<Result<{ revision: number }>> {
    const catalogues = await this.drafts.compare(drafts);
    return catalogues.ok ? ok({ revision: catalogues.value.published.revision }) : catalogues;
  }

  async study(request: EvaluateRequest, desk: StudyDesk): Promise<StudyFindings> {
    const catalogues = await this.drafts.compare(request.drafts);
    if (!catalogues.ok) throw new StudyRefused(catalogues.failure.detail);
    const { published, draft } = catalogues.value;
    const target = this.targetOf(request, draft ?? published);
    const { total, population, cases } = await this.log.draw(request.log);
    const past = this.model.walk();
    const rounds: Round[] = [];
    const skipped: Record<string, number> = {};
    let processed = 0;
    for await (const logged of cases) {
      const choice = this.choiceOf(logged, request, published);
      const models = typeof choice === 'string' ? null : await past(choice.receipt.learned);
      const pause = () => desk.step(processed, total);
      const found =
        typeof choice === 'string'
          ? choice
          : models === null
            ? 'models-not-kept'
            : await this.round({ ...choice, past: models, pause }, target);
      if (typeof found === 'string') skipped[found] = (skipped[found] ?? 0) + 1;
      else rounds.push(found);
      processed += 1;
      await desk.step(processed, total);
    }
    const rewarded = await this.rewarded(rounds, request.reward);
    return { result: { population, skipped, ...evaluateLog(rewarded) }, changes: [] };
  }

  /** What is to be decided again; or why nothing can be said of this decision. */
  private choiceOf(
    { receipt, asked, skipped }: LoggedCase,
    { zone: wanted, draws }: EvaluateRequest,
    { offersByKey }: CatalogueSnapshot,
  ): string | Omit<PastChoice, 'past' | 'pause'> {
    if (asked === null) return skipped;
    if (receipt.fallbackOnly) return 'nothing-was-to-be-chosen';
    const zone = wanted ?? receipt.zones[0]?.zone;
    const first = receipt.zones.find((one) => one.zone === zone);
    if (first === undefined) return 'zone-not-asked-for';
    const [offer = NOTHING] = first.offers;
    const aim = aimOf(this.feed.objective, offer, offersByKey.get(offer)?.group);
    if (asked.at > this.clock.now() - concludedAfter(aim) * MINUTE_MS) return 'still-to-be-answered';
    return { receipt, view: asked.subject.view, zone: first.zone, draws };
  }

  private async round(choice: PastChoice, target: Target): Promise<Round | string> {
    const logged = await this.choices.logged(choice);
    if (logged === null) return 'comes-out-otherwise';
    const shares = await target(choice);
    if (shares.size === 0) return 'nothing-of-the-policy-fits';
    const { action, probability } = logged;
    const { decisionId } = choice.receipt;
    return {
      decisionId,
      action,
      logged: probability,
      target: shares,
      worth: worthOf(choice.receipt, action),
    };
  }

  private targetOf({ policy }: EvaluateRequest, snapshot: CatalogueSnapshot): Target {
    if (policy === undefined) return (choice) => this.choices.by(snapshot, choice);
    return async (choice) => {
      const fit = await this.choices.fitIn(choice);
      const shares = Object.entries(policy).filter(([offer]) => fit.has(offer));
      const sum = shares.reduce((total, [, share]) => total + share, 0);
      return new Map(shares.map(([offer, share]) => [offer, share / sum]));
    };
  }

  private async rewarded(
    rounds: readonly Round[],
    reward: EvaluateRequest['reward'],
  ): Promise<LoggedChoice[]> {
    const found: LoggedChoice[] = [];
    for (let from = 0; from < rounds.length; from += PAGE) {
      const page = rounds.slice(from, from + PAGE);
      const credits = await this.credits.of(page.map(({ decisionId }) => decisionId));
      for (const { decisionId, worth, ...round } of page) {
        const credit = credits.get(`${decisionId}/${round.action}`) ?? 0;
        found.push({ ...round, reward: reward === 'value' ? credit * worth : credit });
      }
    }
    return found;
  }
}

function worthOf({ candidates }: Receipt, action: string): number {
  return candidates.find(({ offer }) => offer === action)?.value ?? 0;
}
