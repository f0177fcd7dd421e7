import { Injectable } from '@nestjs/common';
import { fail, failure, ok, type DecisionResponse, type Result } from '@repartee/contracts';
import { PropensityModel } from '@repartee/learning';
import { Clock, newId } from '@repartee/platform';
import { hash } from 'node:crypto';
import {
  decide,
  requestedZones,
  writeReceipt,
  type Decision,
  type PropensityQuestion,
  type ZoneRequest,
} from '../domain/index.js';
import { Catalogue } from './catalogue.js';
import type { DecisionQuestion, DecisionSubject } from './decision-question.js';
import { explain } from './explain.js';
import { OfferPresenter, type Draft } from './offer-presenter.js';
import { Receipts } from './receipts.js';

const MAX_CONTEXT = 512;

/** Decides: from memory, without waiting for anything. The receipt follows within 100 ms. */
@Injectable()
export class Decisions {
  private readonly propensity = (question: PropensityQuestion) => this.model.predict(question);

  constructor(
    private readonly catalogue: Catalogue,
    private readonly model: PropensityModel,
    private readonly presenter: OfferPresenter,
    private readonly receipts: Receipts,
    private readonly clock: Clock,
  ) {}

  /**
   * The next best actions for one person.
   * Fails with DECISION.OVERLOADED, DECISION.UNKNOWN_ZONE or DECISION.ZONE_OF_OTHER_CHANNEL.
   */
  decide(subject: DecisionSubject, question: DecisionQuestion): Result<DecisionResponse> {
    if (this.receipts.full) {
      return fail(
        failure('DECISION.OVERLOADED', 'Decisions cannot be recorded fast enough.', { retryAfter: 1 }),
      );
    }
    const { snapshot } = this.catalogue;
    const zones = requestedZones(snapshot, question.channel, question.zones);
    if (!zones.ok) return zones;
    const now = this.clock.now();
    const decision = decide({
      snapshot,
      profile: subject.view,
      channel: question.channel,
      zones: question.fallbackOnly ? zones.value.map(withoutCandidates) : zones.value,
      context: question.context,
      now,
      propensity: this.propensity,
    });
    const draft: Draft = { decisionId: newId(), now, subject, question };
    const response: DecisionResponse = {
      decisionId: draft.decisionId,
      profileId: subject.profileId,
      dialogueId: question.dialogueId,
      zones: decision.zones.map(({ zone, choices }) => this.presenter.fill(draft, zone, choices)),
    };
    this.record(draft, snapshot.revision, decision);
    if (question.explain) response.explanation = { candidates: decision.evaluations.map(explain) };
    return ok(response);
  }

  private record({ decisionId, now, subject, question }: Draft, revision: number, decision: Decision): void {
    const { profileId, profileVersion, anonymousId } = subject;
    const receipt = writeReceipt(
      {
        decisionId,
        at: now,
        channel: question.channel,
        profileId,
        anonymousId,
        profileVersion,
        known: subject.view.known,
        fallbackOnly: question.fallbackOnly === true,
        dialogueId: question.dialogueId,
        configurationRevision: revision,
        context: briefContext(question.context),
      },
      decision,
    );
    this.receipts.add({ id: decisionId, at: now, profileId, receipt });
  }
}

function withoutCandidates({ zone, count }: ZoneRequest): ZoneRequest {
  return { zone: { ...zone, candidates: [] }, count };
}

/** The context as JSON, or its digest when it would make the receipt large. */
function briefContext(context: object): string {
  const json = JSON.stringify(context);
  return json.length <= MAX_CONTEXT ? json : `{"sha256":"${hash('sha256', json, 'base64url')}"}`;
}
