import { Injectable } from '@nestjs/common';
import { fail, failure, type DecidedOffer, ok, type ResponseType, type Result } from '@repartee/contracts';
import { Clock, Database, type Transaction } from '@repartee/platform';
import type { ProfileView } from '@repartee/profile/domain';
import {
  budgetClaims,
  type CompiledNegotiation,
  type CompiledOffer,
  MICROS,
  offerExpired,
  type OfferTerms,
  type OfferToken,
  priceTerms,
  type Priced,
  sameTerms,
} from '../domain/index.js';
import { CapStore, type NegotiationRound, NegotiationStore } from '../persistence/index.js';
import { Catalogue } from './catalogue.js';
import { OfferPresenter } from './offer-presenter.js';
import { OfferTokens } from './offer-tokens.js';

/** What an agent asks to move an offer to. */
export interface NegotiationRequest {
  /** Asking twice by one id is done once. */
  negotiationId: string;
  /** Of the offer, as it was decided or negotiated last. */
  token: string;
  terms: OfferTerms;
  agent: string;
}

export interface Negotiated {
  negotiationId: string;
  terms: OfferTerms;
  /** In the offer's currency. */
  cost: number;
  currency: string | null;
  /** False: other terms have been agreed on since. */
  current: boolean;
  /** What each budget has left. */
  remaining: number[];
  offer: DecidedOffer;
}

/** Who it is about, and what is written with it. */
export interface NegotiationSituation {
  profile: ProfileView;
  /** Called in the transaction of a new round. */
  agreed(tx: Transaction, round: NegotiationRound): Promise<void>;
}

/** Money for terms is kept under a name of its own: it is not what a display takes. */
const keptFor = ({ decisionId, offer }: Pick<OfferToken, 'decisionId' | 'offer'>) => ({
  decisionId,
  offer: `${offer}#negotiated`,
});
const GIVES_BACK: ReadonlySet<ResponseType> = new Set<ResponseType>(['reject', 'dismiss', 'not_presented']);

/**
 * Lets agents move the levers of an offer within its budgets. What terms cost is taken by the authority of hard caps,
 * in one transaction with the terms themselves; it is kept until the offer ends, confirmed by an accept, and given back
 * by a no.
 */
@Injectable()
export class Negotiations {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly tokens: OfferTokens,
    private readonly presenter: OfferPresenter,
    private readonly caps: CapStore,
    private readonly store: NegotiationStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Whether a token's offer can be negotiated at all. */
  concern({ offer }: OfferToken): boolean {
    return this.catalogue.snapshot.offersByKey.get(offer)?.negotiation != null;
  }

  /** Fails with RESPONSE.INVALID_TOKEN, OFFER.EXPIRED or a NEGOTIATION code. */
  async negotiate(request: NegotiationRequest, situation: NegotiationSituation): Promise<Result<Negotiated>> {
    const token = this.tokens.open(request.token);
    if (!token)
      return fail(failure('RESPONSE.INVALID_TOKEN', 'The token was not made here, or was changed.'));
    const found = this.catalogue.snapshot.offersByKey.get(token.offer);
    if (!found?.negotiation)
      return fail(failure('NEGOTIATION.NOT_NEGOTIABLE', `Nothing of ${token.offer} can be negotiated.`));
    const offer = { ...found, negotiation: found.negotiation };
    if (this.clock.now() >= token.validUntil) return fail(offerExpired(token, null));
    const priced = priceTerms(offer.negotiation, request.terms);
    if ('flaws' in priced) {
      const errors = priced.flaws.map(({ lever, message }) => ({
        pointer: `#/terms/${lever}`,
        detail: message,
      }));
      return fail(failure('NEGOTIATION.OUT_OF_RANGE', errors[0]?.detail ?? '', { errors }));
    }
    return this.database.attempt(async (tx) => {
      const rounds = await this.store.lock(tx, token);
      const asked = rounds.find(({ negotiationId }) => negotiationId === request.negotiationId);
      const round = asked
        ? ok(asked)
        : await this.agree(tx, { request, token, offer, priced, rounds }, situation);
      if (!round.ok) return round;
      return ok(await this.answer(tx, round.value, { token, offer, rounds }, situation.profile));
    });
  }

  /**
   * What a response means for what is kept. Fails with OFFER.SUPERSEDED for an accept of terms that are no longer those
   * agreed on, and with NEGOTIATION.BUDGET_EXHAUSTED where what was given back has gone to others.
   */
  async heard(token: OfferToken, type: ResponseType, tx?: Transaction): Promise<Result<void>> {
    if ((type !== 'accept' && !GIVES_BACK.has(type)) || !this.concern(token)) return ok(undefined);
    const settle = async (inner: Transaction): Promise<Result<void>> => {
      const latest = (await this.store.lock(inner, token)).at(-1);
      if (!latest) return ok(undefined);
      if (type === 'accept' && token.terms !== undefined) return this.accepted(inner, token, latest);
      if (latest.status === 'accepted') return ok(undefined);
      await this.caps.release([keptFor(token)], this.clock.now(), { confirmed: false, connection: inner });
      await this.store.settle(inner, latest, 'released');
      return ok(undefined);
    };
    return tx ? settle(tx) : this.database.transaction(settle);
  }

  private async accepted(
    tx: Transaction,
    token: OfferToken,
    latest: NegotiationRound,
  ): Promise<Result<void>> {
    if (!sameTerms(latest.terms, token.terms ?? {}))
      return fail(
        failure('OFFER.SUPERSEDED', 'Other terms have been agreed on since.', {
          extra: { terms: latest.terms },
        }),
      );
    if (latest.status === 'accepted') return ok(undefined);
    const lost = await this.caps.confirm([keptFor(token)], tx);
    if (lost.length > 0) {
      const claims = await this.caps.claimsOf(keptFor(token), tx);
      const now = this.clock.now();
      const request = { ...keptFor(token), status: 'confirmed' as const, expiresAt: now, claims };
      const [refused] = await this.caps.reserve([request], now, tx);
      if (refused != null)
        return fail(
          failure('NEGOTIATION.BUDGET_EXHAUSTED', 'What these terms cost has gone to others since.'),
        );
    }
    await this.store.settle(tx, latest, 'accepted');
    return ok(undefined);
  }

  /** The next round: what the one before kept is given back, and what this one costs is taken. */
  private async agree(
    tx: Transaction,
    { request, token, offer, priced, rounds }: Asked,
    situation: NegotiationSituation,
  ): Promise<Result<NegotiationRound>> {
    if (rounds.at(-1)?.status === 'accepted')
      return fail(failure('NEGOTIATION.CLOSED', 'The offer was accepted; its terms stand.'));
    const now = this.clock.now();
    const claims = this.claims(offer.negotiation, priced.cost, request.agent);
    await this.caps.release([keptFor(token)], now, { confirmed: false, connection: tx });
    const wanted = { ...keptFor(token), status: 'held' as const, expiresAt: token.validUntil, claims };
    const [refused] = await this.caps.reserve([wanted], now, tx);
    if (refused != null) {
      const left = await this.remaining(tx, claims);
      const detail = `It costs ${priced.cost / MICROS}, and ${Math.min(...left)} is left.`;
      const extra = { cost: priced.cost / MICROS, remaining: left, currency: offer.currency };
      return fail(failure('NEGOTIATION.BUDGET_EXHAUSTED', detail, { extra }));
    }
    const round: NegotiationRound = {
      decisionId: token.decisionId,
      offer: token.offer,
      number: (rounds.at(-1)?.number ?? 0) + 1,
      negotiationId: request.negotiationId,
      agent: request.agent,
      ...priced,
      status: 'open',
      profileId: token.profileId,
      at: now,
    };
    await this.store.add(tx, round);
    await situation.agreed(tx, round);
    return ok(round);
  }

  private async answer(
    tx: Transaction,
    round: NegotiationRound,
    { token, offer, rounds }: Pick<Asked, 'token' | 'offer' | 'rounds'>,
    profile: ProfileView,
  ): Promise<Negotiated> {
    const { negotiationId, terms, cost, agent, number } = round;
    return {
      negotiationId,
      terms,
      cost: cost / MICROS,
      currency: offer.currency,
      current: number >= (rounds.at(-1)?.number ?? 0),
      remaining: await this.remaining(tx, this.claims(offer.negotiation, cost, agent)),
      offer: this.presenter.negotiated(
        { ...token, terms, issuedAt: round.at },
        { offer, content: this.catalogue.contentOf(token.treatment) },
        profile,
      ),
    };
  }

  private async remaining(tx: Transaction, claims: ReturnType<typeof budgetClaims>): Promise<number[]> {
    const standings = await this.caps.standingOf(claims, this.clock.now(), tx);
    return standings.map(({ limit, used }) => (limit - used) / MICROS);
  }

  private claims(negotiation: CompiledNegotiation, cost: number, agent: string) {
    const { timeZones } = this.catalogue.snapshot;
    return budgetClaims(negotiation, cost, { agent, now: this.clock.now(), timeZones });
  }
}

interface Asked {
  request: NegotiationRequest;
  token: OfferToken;
  offer: CompiledOffer & { negotiation: CompiledNegotiation };
  priced: Priced;
  rounds: readonly NegotiationRound[];
}
