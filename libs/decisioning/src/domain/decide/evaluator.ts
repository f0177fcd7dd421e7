import type { OfferSummary, RuleVariables, Verdict } from '@repartee/profile/domain';
import type {
  CompiledOffer,
  CompiledOverride,
  EngagementQuestion,
  Standing,
  ZoneCandidate,
} from '../catalogue/index.js';
import { keptAway, laterWeight, NO_SUPPRESSIONS, rejectionOf } from '../contact/index.js';
import { type ArmOfDecision, armPriority } from '../impact/index.js';
import { stageOf } from '../response/index.js';
import type { DecideInput } from './decide-input.js';
import type { DropRule, Evaluation } from './evaluation.js';
import { isFilled, isStocked } from './heed-items.js';
import { Slate } from './slate.js';
import { replacementIn } from './replacement.js';
import { ownValidity } from './own-validity.js';
import { isVerified } from './verified.js';
import { keepVerdict, knownVerdict, settledRules, standingOf } from './standing.js';

/** What no marketer can force: there is none of it, it cannot be shown, or an experiment would be spoilt. */
const BEYOND_FORCE: ReadonlySet<DropRule> = new Set<DropRule>([
  'not-yet-valid',
  'no-longer-valid',
  'not-verified',
  'out-of-stock',
  'too-few-items',
  'in-experiment',
  'cap-reached',
  'crowded-out',
  'not-renderable',
]);
const OBJECTIONS: Readonly<Record<EngagementQuestion, DropRule>> = {
  eligibility: 'not-eligible',
  applicability: 'not-applicable',
  suitability: 'not-suitable',
};

/** Evaluates offers for one request, each offer and each rule at most once. */
export class Evaluator {
  private readonly variables: RuleVariables;
  private readonly standing: Standing;
  /** Of each rule; found once, here for all that ask again. */
  private readonly verdicts: (Verdict | undefined)[];
  readonly replacement: CompiledOverride | null;
  /** Whether the person did anything with any offer: of most offers nothing is remembered, and of most people nothing at all. */
  private readonly remembers: boolean;

  constructor(
    private readonly input: DecideInput,
    private readonly slate = new Slate(input.snapshot),
  ) {
    const { snapshot, profile, context, now } = input;
    this.variables = { profile, context, now: new Date(now) };
    this.standing = standingOf(snapshot, profile);
    this.replacement = replacementIn(snapshot, context);
    this.verdicts = slate.verdicts;
    this.remembers = Object.keys(profile.offers).length > 0;
  }

  /** In the order in which they were asked for. */
  get evaluations(): Evaluation[] {
    return this.slate.evaluations;
  }

  evaluate(candidate: ZoneCandidate): Evaluation {
    const { offer } = candidate;
    const known = this.slate.find(offer);
    if (known !== undefined) return known;
    const evaluation = this.slate.begin(offer);
    const memory = this.memoryOf(offer);
    if (this.admit(evaluation, memory) && this.heedTrials(evaluation)) this.rate(evaluation, memory);
    return evaluation;
  }

  /** Whether an override is in force, here and now. */
  isActive({ rule, validFrom, validUntil }: CompiledOverride): boolean {
    const { now } = this.input;
    return now >= validFrom && now < validUntil && (rule < 0 || this.verdict(rule).value === true);
  }

  /** Lets an offer pass against engagement and contact policies, and whatever the person said. */
  force(evaluation: Evaluation): void {
    if (evaluation.dropped === null || BEYOND_FORCE.has(evaluation.dropped)) return;
    Object.assign(evaluation, { dropped: null, detail: null, question: null, level: null, until: null });
    if (isFilled(evaluation, this.input.items, this.variables)) this.rate(evaluation);
  }

  /** Asks the rules in order; the first that objects is noted. */
  private admit(evaluation: Evaluation, memory: OfferSummary | undefined): boolean {
    const { offer } = evaluation;
    const { now } = this.input;
    evaluation.stage = stageOf(memory);
    let { validFrom, validUntil } = offer;
    if (offer.timing !== null) {
      ({ validFrom, validUntil } = ownValidity(this.input, offer, offer.timing, memory));
      evaluation.endsAt = validUntil;
    }
    if (now < validFrom) evaluation.dropped = 'not-yet-valid';
    else if (now >= validUntil) evaluation.dropped = 'no-longer-valid';
    else if (offer.verifiedOnly && !isVerified(this.input.context)) evaluation.dropped = 'not-verified';
    else if (offer.items !== null && !isStocked(evaluation, this.input.items)) return false;
    else if (!this.engages(evaluation)) return false;
    else if (!offer.repeatable && hasAccepted(memory)) evaluation.dropped = 'already-accepted';
    else if (memory?.until !== undefined && now < memory.until) {
      evaluation.dropped = 'wanted-later';
      evaluation.until = memory.until;
    } else this.heedContacts(evaluation, memory);
    return (
      evaluation.dropped === null &&
      (offer.items === null || isFilled(evaluation, this.input.items, this.variables))
    );
  }

  /** What the person said no to, and what they have had enough of. */
  private heedContacts(evaluation: Evaluation, memory: OfferSummary | undefined): void {
    const { offer } = evaluation;
    const { now, profile, channel } = this.input;
    const rejected = this.remembers ? rejectionOf(profile, offer, memory, now) : null;
    if (rejected !== null) {
      evaluation.dropped = 'rejected';
      evaluation.detail = rejected === offer.key ? null : rejected;
      return;
    }
    const { suppressions } = this.standing;
    if (suppressions === NO_SUPPRESSIONS) return;
    const suppression = keptAway(suppressions, offer, channel, now);
    if (suppression === null) return;
    evaluation.dropped = 'contact-policy';
    evaluation.detail = suppression.policy.key;
    evaluation.until = suppression.until;
  }

  /** Last of all rules: who meets an experiment must not depend on her variation. */
  private heedTrials(evaluation: Evaluation): boolean {
    const trial = this.input.trials?.rank(evaluation.offer.key);
    if (!trial) return true;
    evaluation.lever *= trial.lever;
    if (trial.hiddenBy === null) return true;
    evaluation.dropped = 'in-experiment';
    evaluation.detail = trial.hiddenBy;
    return false;
  }

  /** Finds P, C, V and L. */
  rate(evaluation: Evaluation, memory = this.memoryOf(evaluation.offer)): void {
    const { offer, stage } = evaluation;
    evaluation.propensity = this.input.propensity({
      offer: offer.key,
      channel: this.input.channel,
      stage,
      prior: offer.prior,
    });
    this.weigh(evaluation);
    if (offer.afterLater !== null)
      evaluation.contextWeight *= laterWeight(memory, offer.afterLater, this.input.now);
    const { propensity, contextWeight, lever } = evaluation;
    evaluation.priority = propensity * contextWeight * offer.value * lever;
    if (this.input.arm != null) this.rateInArm(evaluation, this.input.arm);
  }

  /** C: the product of the weights whose rule holds. */
  private weigh(evaluation: Evaluation): void {
    const { index } = evaluation.offer;
    const { weighed, weights } = this.input.snapshot;
    const { numbers, starts } = weighed;
    const end = starts[index + 1]!;
    for (let at = starts[index]!; at < end; at += 1)
      if (this.holds(numbers[at]!)) evaluation.contextWeight *= weights[at]!;
  }

  private rateInArm(evaluation: Evaluation, arm: ArmOfDecision): void {
    const { propensity, contextWeight, lever, offer } = evaluation;
    evaluation.arm = arm.arm;
    const rated = { propensity, contextWeight, value: offer.value, lever };
    evaluation.priority = armPriority(arm, offer.key, rated);
  }

  /** Whether every rule of the engagement policy holds; else notes the first that does not, and why. */
  private engages(evaluation: Evaluation): boolean {
    const { offer } = evaluation;
    const { snapshot } = this.input;
    const { numbers, starts } = snapshot.asked;
    const start = starts[offer.index]!;
    const end = starts[offer.index + 1]!;
    const settled = settledRules(this.standing, snapshot, offer.index, this.holds);
    for (let at = start + settled; at < end; at += 1) {
      const verdict = this.verdict(numbers[at]!);
      if (verdict.value === true) continue;
      const { question, level } = offer.engagement[at - start]!;
      evaluation.dropped = verdict.unknown === undefined ? OBJECTIONS[question] : 'unknown';
      evaluation.detail = verdict.unknown ?? null;
      evaluation.question = question;
      evaluation.level = level;
      return false;
    }
    return true;
  }

  private readonly holds = (rule: number) => this.verdict(rule).value === true;

  verdict(index: number): Verdict {
    return (this.verdicts[index] ??= this.ask(index));
  }

  private ask(index: number): Verdict {
    const shared = this.input.snapshot.rules[index]!;
    if (!shared.profileOnly) return shared.rule.evaluate(this.variables);
    return (
      knownVerdict(this.standing, index, shared) ??
      keepVerdict(this.standing, index, shared, shared.rule.evaluate(this.variables))
    );
  }

  memoryOf({ index }: CompiledOffer): OfferSummary | undefined {
    return this.standing.remembered?.get(index);
  }
}

function hasAccepted(memory: OfferSummary | undefined): boolean {
  return memory !== undefined && memory.accepts + memory.converts > 0;
}
