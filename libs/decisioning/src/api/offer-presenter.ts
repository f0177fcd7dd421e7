import { Inject, Injectable, Logger } from '@nestjs/common';
import type { CompiledContent, DecidedOffer, DecisionResponse } from '@repartee/contracts';
import { Recommendations } from '@repartee/items';
import { CONFIG, type Config } from '@repartee/platform';
import type { ProfileView } from '@repartee/profile/domain';
import {
  reasonFor,
  type Choice,
  type CompiledOffer,
  type CompiledZone,
  type ImpactArm,
  type OfferToken,
} from '../domain/index.js';
import { ContentRenderer } from './content-renderer.js';
import type { DecisionQuestion, DecisionSubject } from './decision-question.js';
import { shownItems } from './shown-items.js';
import { OfferTokens } from './offer-tokens.js';

/** One decision on its way: what all its offers share. */
export interface Draft {
  decisionId: string;
  now: number;
  subject: DecisionSubject;
  question: DecisionQuestion;
  /** The policy by which the person is in the control group. */
  control: string | null;
  /** The arm of the impact analysis. */
  arm: ImpactArm | null;
  /** Offers for which a hard cap keeps room; null when none stands under one. */
  reserved: ReadonlySet<string> | null;
}

const DEFAULT_VALIDITY_MS = 24 * 60 * 60 * 1000;

/** Gives what was chosen its content, its token and its links. */
@Injectable()
export class OfferPresenter {
  private readonly logger = new Logger(OfferPresenter.name);
  /** Contents whose failure was logged already: a busy zone would say it thousands of times. */
  private readonly failing = new WeakSet<object>();

  constructor(
    private readonly renderer: ContentRenderer,
    private readonly tokens: OfferTokens,
    private readonly recommendations: Recommendations,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** A zone of the answer: its offers, or what it shows when there are none. */
  fill(draft: Draft, zone: CompiledZone, choices: readonly Choice[]): DecisionResponse['zones'][number] {
    const offers: DecidedOffer[] = [];
    for (const choice of choices) {
      const offer = this.present(draft, zone, choice);
      if (offer !== null) offers.push(offer);
    }
    return {
      zone: zone.key,
      fallback: offers.length > 0 ? null : this.fallback(draft, zone),
      offers,
      ...(draft.control !== null && { reason: `In the control group of this month (${draft.control}).` }),
    };
  }

  private present(draft: Draft, zone: CompiledZone, { evaluation, treatment }: Choice): DecidedOffer | null {
    const { offer } = evaluation;
    const { subject, question, now } = draft;
    const ends = evaluation.endsAt ?? offer.validUntil;
    // What is limited has one end, on every channel.
    const validUntil = offer.countdown && ends < Infinity ? ends : Math.min(ends, now + DEFAULT_VALIDITY_MS);
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
      reserved: draft.reserved?.has(offer.key) ?? false,
    });
    const links = this.linksOf(token);
    const items = shownItems(evaluation, this.recommendations.shelf);
    const content = this.render(treatment.channel, treatment.content, {
      profile: subject.shown ?? subject.view,
      offer: offer.facts,
      zone: zone.key,
      context: question.context,
      locale: question.locale ?? null,
      links,
      ...items,
    });
    if (content === null) {
      evaluation.dropped = 'not-renderable';
      return null;
    }
    return {
      offer: offer.key,
      treatment: treatment.key,
      content: items ? { ...content, ...items } : content,
      reason: reasonFor(evaluation),
      priority: evaluation.priority,
      token,
      validUntil: new Date(validUntil).toISOString(),
      links,
      ...(offer.countdown && { countdown: countdownTo(validUntil, now) }),
      ...(offer.bundle.length > 0 && { bundle: [...offer.bundle] }),
    };
  }

  /** An offer once more, with the terms that were agreed on. */
  negotiated(
    token: OfferToken,
    { offer, content }: { offer: CompiledOffer; content: CompiledContent | undefined },
    profile: ProfileView,
  ): DecidedOffer {
    const sealed = this.tokens.seal(token);
    const { zone, treatment: key, channel, validUntil, terms = {} } = token;
    const links = this.linksOf(sealed);
    const facts = { ...offer.facts, terms };
    const data = { profile, offer: facts, zone, context: {}, locale: null, links };
    return {
      offer: offer.key,
      treatment: key,
      content: (content && this.render(channel, content, data)) ?? {},
      reason: `Negotiated: ${Object.entries(terms)
        .map(([lever, value]) => `${lever} ${value}`)
        .join(', ')}.`,
      priority: 0,
      token: sealed,
      validUntil: new Date(validUntil).toISOString(),
      links,
      ...(offer.countdown && { countdown: countdownTo(validUntil, token.issuedAt) }),
      ...(offer.bundle.length > 0 && { bundle: [...offer.bundle] }),
    };
  }

  private linksOf(token: string) {
    const { publicUrl } = this.config;
    return { click: `${publicUrl}/r/${token}`, impression: `${publicUrl}/o/${token}.gif` };
  }

  private fallback({ subject, question }: Draft, zone: CompiledZone): Record<string, unknown> | null {
    if (zone.fallback === null) return null;
    return this.render(zone.channel, zone.fallback, {
      profile: subject.shown ?? subject.view,
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
}

function countdownTo(end: number, now: number): { endsAt: string; secondsLeft: number } {
  return { endsAt: new Date(end).toISOString(), secondsLeft: Math.floor((end - now) / 1000) };
}
