import { Injectable } from '@nestjs/common';
import { fail, ok, type Failure, type Result } from '@repartee/contracts';
import type { Trials } from '@repartee/experiments/domain';
import { Recommendations } from '@repartee/items';
import { PropensityModel, type PropensityInput } from '@repartee/learning';
import {
  BY_CHANGE,
  claimsOf,
  controlOf,
  Deliberation,
  isCapped,
  ObstacleFinder,
  obstacleOf,
  personOf,
  requestedZones,
  settleCaps,
  withoutCandidates,
  type BlockedOffer,
  type CatalogueSnapshot,
  type CompiledOffer,
  type DecideInput,
  type Evaluation,
  type Foreseen,
  type ImpactArm,
  type ReceiptTrial,
  type ZoneRequest,
} from '../domain/index.js';
import { CapStore } from '../persistence/index.js';
import type { DecisionQuestion, DecisionSubject } from './decision-question.js';
import { DecisionTrials } from './decision-trials.js';
import { ShelvedItems } from './shelved-items.js';
import { VirtualCaps } from './virtual-caps.js';

/** A decision that might be made. */
export interface HypotheticalCase {
  subject: DecisionSubject;
  question: DecisionQuestion;
  /** Milliseconds. */
  at: number;
  /** Of the draws that models make: the same seed, the same draws. */
  seed: string;
  /** What a receipt recorded of the variations and the arm of the person; what they have today unless given. */
  recorded?: { trials: readonly ReceiptTrial[]; arm: ImpactArm | null };
}

/** Decides what would be decided, as {@link Decisions} does: of it nothing is told, recorded or reserved. */
@Injectable()
export class WhatIf {
  constructor(
    private readonly model: PropensityModel,
    private readonly trials: DecisionTrials,
    private readonly items: Recommendations,
    private readonly capStore: CapStore,
  ) {}

  /** Counters as they stand now, for the decisions of one run by one configuration. */
  caps(now: number): VirtualCaps {
    return new VirtualCaps(this.capStore, now);
  }

  /**
   * Whether the zones exist, in one of the configurations, on the channel.
   * Fails with DECISION.UNKNOWN_ZONE or DECISION.ZONE_OF_OTHER_CHANNEL.
   */
  check(snapshots: readonly CatalogueSnapshot[], { channel, zones }: AskedZones): Result<void> {
    let refusal: Failure | undefined;
    for (const snapshot of snapshots) {
      const found = requestedZones(snapshot, channel, zones);
      if (found.ok) return ok(undefined);
      refusal ??= found.failure;
    }
    return refusal ? fail(refusal) : ok(undefined);
  }

  /** Contents are not rendered: a treatment that fails on a person's data shows that when it is decided in earnest. */
  async foresee(snapshot: CatalogueSnapshot, asked: HypotheticalCase, caps: VirtualCaps): Promise<Foreseen> {
    const { subject, at } = asked;
    const { channel } = asked.question;
    const control = controlOf(snapshot.controls, subject.profileId ?? subject.anonymousId, channel, at);
    const deliberation = new Deliberation(await this.inputFor(snapshot, asked, control));
    const claims = ({ offer }: Evaluation) => this.claimsOf(offer, snapshot, asked);
    const { decision, idle } = await settleCaps(
      deliberation,
      deliberation.decide(),
      channel,
      async (wanted) => {
        const answers: (string | null)[] = [];
        for (const evaluation of wanted) answers.push(await caps.take(claims(evaluation)));
        return answers;
      },
    );
    for (const evaluation of decision.evaluations)
      if (idle.includes(evaluation.offer.key)) caps.giveBack(claims(evaluation));
    return { decision, control, expected: this.expectation(asked) };
  }

  /** What stands in the way of every offer of the zones that were asked for; a control group stands in the way of all. */
  async blocked(
    snapshot: CatalogueSnapshot,
    asked: HypotheticalCase,
    control: string | null,
    caps: VirtualCaps,
  ): Promise<BlockedOffer[]> {
    const { channel } = asked.question;
    const input = await this.inputFor(snapshot, asked, null);
    const finder = new ObstacleFinder(input, false);
    const found: BlockedOffer[] = [];
    for (const evaluation of new Deliberation(input).decide().evaluations) {
      const { offer } = evaluation;
      const obstacles = finder.find({ offer });
      if (control !== null) obstacles.unshift(obstacleOf('control-group', BY_CHANGE, control));
      const full = isCapped(offer, channel) ? await caps.full(this.claimsOf(offer, snapshot, asked)) : [];
      for (const cap of full) obstacles.push(obstacleOf('cap-reached', BY_CHANGE, cap));
      found.push({ evaluation, obstacles });
    }
    return found;
  }

  private async inputFor(
    snapshot: CatalogueSnapshot,
    asked: HypotheticalCase,
    control: string | null,
  ): Promise<DecideInput> {
    const { subject, question, at } = asked;
    const { channel } = question;
    const trials = control === null ? await this.trialsOf(asked) : undefined;
    const arm = this.armOf(snapshot, asked, control);
    const countsOnly = arm === 'model-control';
    return {
      snapshot,
      profile: subject.view,
      channel,
      zones: zonesOf(snapshot, question, control !== null),
      context: question.context,
      timeZone: question.timeZone ?? null,
      now: at,
      person: subject.profileId ?? subject.anonymousId ?? asked.seed,
      propensity: this.model.predictor({
        seed: asked.seed,
        person: subject.view,
        channel,
        at,
        countsOnly,
      }),
      items: new ShelvedItems(this.items, at),
      trials,
      arm: arm && { arm, seed: asked.seed },
    };
  }

  private async trialsOf({ subject, question, at, recorded }: HypotheticalCase): Promise<Trials | undefined> {
    return recorded ? this.trials.recorded(recorded.trials) : this.trials.of(subject, question, at);
  }

  private armOf(
    snapshot: CatalogueSnapshot,
    { subject, question, at, recorded }: HypotheticalCase,
    control: string | null,
  ): ImpactArm | null {
    if (control !== null || question.fallbackOnly) return null;
    return recorded ? recorded.arm : this.trials.armOf(subject, snapshot, at, this.model.sequence);
  }

  private expectation({ subject, question: { channel }, at }: HypotheticalCase): Foreseen['expected'] {
    let expected: ((input: PropensityInput) => number) | undefined;
    return ({ offer, stage }) => {
      expected ??= this.model.expectation({ person: subject.view, channel, at });
      return expected({ offer: offer.key, channel, stage, prior: offer.prior });
    };
  }

  private claimsOf(offer: CompiledOffer, snapshot: CatalogueSnapshot, asked: HypotheticalCase) {
    const { subject, question, at, seed } = asked;
    return claimsOf(offer, {
      channel: question.channel,
      person: personOf(subject.profileId, subject.anonymousId, seed),
      profile: subject.view,
      context: question.context,
      now: at,
      timeZones: snapshot.timeZones,
    });
  }
}

type AskedZones = Pick<DecisionQuestion, 'channel' | 'zones'>;

/** A zone that this configuration does not have shows nothing. */
function zonesOf(snapshot: CatalogueSnapshot, question: DecisionQuestion, control: boolean): ZoneRequest[] {
  const { channel } = question;
  return question.zones.map(({ zone: key, count }) => {
    const zone = snapshot.zones.get(key);
    const none = { key, channel, fallback: null, overrides: [], candidates: [] };
    const asked = { zone: zone?.channel === channel ? zone : none, count };
    return question.fallbackOnly || control ? withoutCandidates(asked) : asked;
  });
}
