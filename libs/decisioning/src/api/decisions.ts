import { Injectable } from '@nestjs/common';
import { fail, failure, ok, type DecisionResponse, type Result } from '@repartee/contracts';
import type { Trials } from '@repartee/experiments/domain';
import { PropensityModel } from '@repartee/learning';
import { Clock, newId, type Transaction } from '@repartee/platform';
import { hash } from 'node:crypto';
import {
  controlOf,
  Deliberation,
  requestedZones,
  withoutCandidates,
  ReceiptWriter,
  type CatalogueSnapshot,
  type DecideInput,
  type Decision,
  type ReceiptTrial,
} from '../domain/index.js';
import { Catalogue } from './catalogue.js';
import { DecisionTrials } from './decision-trials.js';
import type { DecisionQuestion, DecisionSubject } from './decision-question.js';
import { explanationOf } from './explain.js';
import { OfferPresenter, type Draft } from './offer-presenter.js';
import type { ReceiptRow } from '../persistence/index.js';
import { HardCaps } from './hard-caps.js';
import { Receipts } from './receipts.js';
import { ShelvedItems } from './shelved-items.js';
import { Slates } from './slates.js';

const MAX_CONTEXT = 512;

/** A decision as it is told, and as it is recorded. */
interface Answer {
  decision: Decision;
  response: DecisionResponse;
  receipt: ReceiptRow;
}

/** Decides: from memory. The receipt follows within 100 ms. */
@Injectable()
export class Decisions {
  private readonly writer = new ReceiptWriter();
  private readonly slates = new Slates();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly model: PropensityModel,
    private readonly presenter: OfferPresenter,
    private readonly caps: HardCaps,
    private readonly trials: DecisionTrials,
    private readonly receipts: Receipts,
    private readonly clock: Clock,
  ) {}

  /**
   * The next best actions for one person. Waits for nothing, unless an offer stands under a hard cap: then room for it,
   * and the receipt, are durable before the answer.
   * Fails with DECISION.OVERLOADED, DECISION.UNKNOWN_ZONE or DECISION.ZONE_OF_OTHER_CHANNEL.
   * @param tx takes room for what it offers in this transaction, and only if it commits
   */
  async decide(
    subject: DecisionSubject,
    question: DecisionQuestion,
    tx?: Transaction,
  ): Promise<Result<DecisionResponse>> {
    if (this.receipts.full || this.trials.full) {
      return this.overloaded();
    }
    const now = this.clock.now();
    const snapshot = this.catalogue.inForce(now);
    const zones = requestedZones(snapshot, question.channel, question.zones);
    if (!zones.ok) return zones;
    const { channel } = question;
    const control = controlOf(snapshot.controls, subject.profileId ?? subject.anonymousId, channel, now);
    const learned = this.model.sequence;
    const closed = control !== null || question.fallbackOnly === true;
    const arm = closed ? null : this.trials.armOf(subject, snapshot, now, learned);
    const draft: Draft = { decisionId: newId(), now, subject, question, control, arm, reserved: null };
    const trials = control === null ? this.trials.of(subject, question, now) : undefined;
    const slate = this.slates.take(snapshot);
    const input: DecideInput = {
      snapshot,
      profile: subject.view,
      channel,
      zones: closed ? zones.value.map(withoutCandidates) : zones.value,
      context: question.context,
      timeZone: question.timeZone ?? null,
      now,
      person: subject.profileId ?? subject.anonymousId ?? draft.decisionId,
      propensity: this.propensitiesOf(draft),
      trials,
      arm: arm && { arm, seed: draft.decisionId },
      items: new ShelvedItems(this.catalogue.items, now),
    };
    const deliberation = new Deliberation(input, slate);
    const answer = (decision: Decision) => this.answer(draft, { snapshot, learned }, decision, trials);
    const first = deliberation.decide();
    const settled = this.caps.concern(first, channel)
      ? await this.caps.settle(deliberation, first, draft, answer, tx)
      : { answer: answer(first), recorded: false };
    if (settled === null) return this.overloaded();
    const { decision, response, receipt } = settled.answer;
    if (!settled.recorded) this.receipts.add(receipt);
    if (trials) this.trials.note(trials, subject, now);
    if (arm !== null) this.trials.noteArm(arm, subject, now);
    if (question.explain) {
      const experiments = trials ? this.trials.explain(trials) : [];
      response.explanation = { ...explanationOf(deliberation, decision), experiments, ...(arm && { arm }) };
    }
    this.slates.giveBack(slate);
    return ok(response);
  }

  /** One arm of the impact analysis does without the models. */
  private propensitiesOf({
    decisionId: seed,
    now: at,
    subject,
    question,
    arm,
  }: Draft): DecideInput['propensity'] {
    const countsOnly = arm === 'model-control';
    return this.model.predictor({ seed, person: subject.view, channel: question.channel, at, countsOnly });
  }

  /** Whether so much waits to be recorded that who asks very many at once should hold back. */
  get crowded(): boolean {
    return this.receipts.crowded || this.trials.crowded;
  }

  private overloaded(): Result<never> {
    return fail(
      failure('DECISION.OVERLOADED', 'Decisions cannot be recorded fast enough.', { retryAfter: 1 }),
    );
  }

  /** What a decision tells, and what is recorded of it. It may have to be given once more: then the last one counts. */
  private answer(
    draft: Draft,
    by: { snapshot: CatalogueSnapshot; learned: number },
    decision: Decision,
    trials: Trials | undefined,
  ): Answer {
    if (trials) this.trials.present(trials, decision, by.snapshot);
    const { decisionId, subject, question } = draft;
    const response: DecisionResponse = {
      decisionId,
      profileId: subject.profileId,
      dialogueId: question.dialogueId,
      zones: decision.zones.map(({ zone, choices }) => this.presenter.fill(draft, zone, choices)),
    };
    return { decision, response, receipt: this.receiptOf(draft, by, decision, trials) };
  }

  private receiptOf(
    { decisionId, now, subject, question, control, arm }: Draft,
    { snapshot, learned }: { snapshot: CatalogueSnapshot; learned: number },
    decision: Decision,
    trials: Trials | undefined,
  ): ReceiptRow {
    const { profileId, profileVersion, anonymousId } = subject;
    const receipt = this.writer.write(
      {
        decisionId,
        at: now,
        channel: question.channel,
        profileId,
        anonymousId,
        profileVersion,
        known: subject.view.known,
        fallbackOnly: question.fallbackOnly === true || control !== null,
        control,
        arm,
        timeZone: question.timeZone ?? null,
        learned,
        dialogueId: question.dialogueId,
        configurationRevision: snapshot.revision,
        roster: this.receipts.rosterNameOf(snapshot),
        context: briefContext(question.context),
        itemsCounted: this.catalogue.items.revision,
        ...(trials && { experiments: recordedTrials(trials) }),
      },
      decision,
    );
    return { id: decisionId, at: now, profileId, receipt };
  }
}

function recordedTrials({ met }: Trials): ReceiptTrial[] {
  return met.map(({ experiment: { key, phase }, variation }) => ({
    experiment: key,
    phase,
    variation: variation.key,
  }));
}

/** The context as JSON, or its digest when it would make the receipt large. */
function briefContext(context: object): string {
  const json = JSON.stringify(context);
  return json.length <= MAX_CONTEXT ? json : `{"sha256":"${hash('sha256', json, 'base64url')}"}`;
}
