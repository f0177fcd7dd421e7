import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  fail,
  failure,
  ok,
  type DecidedOffer,
  type DecisionRequest,
  type DecisionResponse,
  type Result,
} from '@repartee/contracts';
import { PropensityModel } from '@repartee/learning';
import { Clock, CONFIG, newId, type Config } from '@repartee/platform';
import type { ProfileView } from '@repartee/profile/domain';
import { hash } from 'node:crypto';
import {
  decide,
  reasonFor,
  requestedZones,
  writeReceipt,
  type Choice,
  type CompiledZone,
  type Decision,
  type EngagementLevel,
  type EngagementQuestion,
  type Evaluation,
  type PropensityQuestion,
  type ZoneRequest,
} from '../domain/index.js';
import { Catalogue } from './catalogue.js';
import { ContentRenderer } from './content-renderer.js';
import { OfferTokens } from './offer-tokens.js';
import { Receipts } from './receipts.js';

/** Whom a decision is for. */
export interface DecisionSubject {
  /** The same object for as long as the profile does not change: verdicts of rules are remembered with it. */
  view: ProfileView;
  profileId: string | null;
  profileVersion: number;
  anonymousId: string | null;
}

/** What is asked, once the person is known. */
export type DecisionQuestion = Pick<
  DecisionRequest,
  'channel' | 'zones' | 'context' | 'locale' | 'explain'
> & {
  dialogueId: string;
  /** Nothing may be chosen for this person: zones get what they show to nobody in particular. */
  fallbackOnly?: boolean;
};

/** Why an offer was or was not shown; the answer to `explain`. */
export interface ExplainedCandidate {
  offer: string;
  shown: boolean;
  rule: string | null;
  /** Which part of the engagement policy objected, and at which level. */
  question?: EngagementQuestion;
  level?: EngagementLevel;
  reason: string;
}

/** One decision on its way: what all its offers share. */
interface Draft {
  decisionId: string;
  now: number;
  subject: DecisionSubject;
  question: DecisionQuestion;
}

const DEFAULT_VALIDITY_MS = 24 * 60 * 60 * 1000;
const MAX_CONTEXT = 512;

/** Decides: from memory, without waiting for anything. The receipt follows within 100 ms. */
@Injectable()
export class Decisions {
  private readonly logger = new Logger(Decisions.name);
  /** Contents whose failure was logged already: a busy zone would say it thousands of times. */
  private readonly failing = new WeakSet<object>();
  private readonly propensity = (question: PropensityQuestion) => this.model.predict(question);

  constructor(
    private readonly catalogue: Catalogue,
    private readonly model: PropensityModel,
    private readonly renderer: ContentRenderer,
    private readonly tokens: OfferTokens,
    private readonly receipts: Receipts,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
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
      zones: decision.zones.map(({ zone, choices }) => this.fill(draft, zone, choices)),
    };
    this.record(draft, snapshot.revision, decision);
    if (question.explain) response.explanation = { candidates: decision.evaluations.map(explain) };
    return ok(response);
  }

  private fill(
    draft: Draft,
    zone: CompiledZone,
    choices: readonly Choice[],
  ): DecisionResponse['zones'][number] {
    const offers: DecidedOffer[] = [];
    for (const choice of choices) {
      const offer = this.present(draft, zone, choice);
      if (offer !== null) offers.push(offer);
    }
    return { zone: zone.key, fallback: offers.length > 0 ? null : this.fallback(draft, zone), offers };
  }

  private present(draft: Draft, zone: CompiledZone, { evaluation, treatment }: Choice): DecidedOffer | null {
    const { offer } = evaluation;
    const { subject, question, now } = draft;
    const validUntil = Math.min(offer.validUntil, now + DEFAULT_VALIDITY_MS);
    const token = this.tokens.seal({
      decisionId: draft.decisionId,
      offer: offer.key,
      treatment: treatment.key,
      zone: zone.key,
      channel: question.channel,
      stage: evaluation.stage,
      profileId: subject.profileId,
      anonymousId: subject.anonymousId,
      dialogueId: question.dialogueId,
      issuedAt: now,
      validUntil,
    });
    const { publicUrl } = this.config;
    const links = { click: `${publicUrl}/r/${token}`, impression: `${publicUrl}/o/${token}.gif` };
    const content = this.render(treatment.channel, treatment.content, {
      profile: subject.view,
      offer: {
        key: offer.key,
        name: offer.name,
        group: offer.group,
        value: offer.value,
        currency: offer.currency,
      },
      zone: zone.key,
      context: question.context,
      locale: question.locale ?? null,
      links,
    });
    if (content === null) {
      evaluation.dropped = 'not-renderable';
      return null;
    }
    return {
      offer: offer.key,
      treatment: treatment.key,
      content,
      reason: reasonFor(evaluation),
      priority: evaluation.priority,
      token,
      validUntil: new Date(validUntil).toISOString(),
      links,
    };
  }

  private fallback({ subject, question }: Draft, zone: CompiledZone): Record<string, unknown> | null {
    if (zone.fallback === null) return null;
    return this.render(zone.channel, zone.fallback, {
      profile: subject.view,
      offer: null,
      zone: zone.key,
      context: question.context,
      locale: question.locale ?? null,
      links: null,
    });
  }

  /** A template that fails on one person's data must not fail the whole decision. */
  private render(...[channel, content, data]: Parameters<ContentRenderer['render']>) {
    try {
      return this.renderer.render(channel, content, data);
    } catch (error) {
      if (!this.failing.has(content)) {
        this.failing.add(content);
        const reason = error instanceof Error ? error.message : 'unknown';
        this.logger.warn(`content of ${data.offer?.key ?? data.zone} on ${channel} failed: ${reason}`);
      }
      return null;
    }
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

function explain(evaluation: Evaluation): ExplainedCandidate {
  const { offer, dropped, question, level } = evaluation;
  return {
    offer: offer.key,
    shown: dropped === null,
    rule: dropped,
    ...(question !== null && { question }),
    ...(level !== null && { level }),
    reason: reasonFor(evaluation),
  };
}
