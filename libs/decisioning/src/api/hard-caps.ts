import { Injectable, Logger } from '@nestjs/common';
import { parseDuration, type ResponseType } from '@repartee/contracts';
import { Clock, type Transaction } from '@repartee/platform';
import type { ProfileView } from '@repartee/profile/domain';
import {
  claimsOf,
  type Decision,
  type Deliberation,
  type Evaluation,
  holdOf,
  type HopedDecision,
  isCapped,
  type OfferToken,
  personOf,
  settleCaps,
} from '../domain/index.js';
import { CapStore, type CapRequest, type OfferOfDecision, type ReceiptRow } from '../persistence/index.js';
import { CapAuthority } from './cap-authority.js';
import { Catalogue } from './catalogue.js';
import type { Draft } from './offer-presenter.js';

const LONGEST_HOLD_MS = 24 * 3_600_000;

/** An offer on its way to a person, outside of a decision. */
export interface OfferOnItsWay extends OfferOfDecision {
  channel: string;
  /** Whether room was taken when it was decided. */
  reserved: boolean;
  profileId: string;
  profile: ProfileView;
}

/** An answer with what is recorded of it. */
export interface RecordedAnswer {
  receipt: ReceiptRow;
}

/** Keeps offers within hard caps: room is taken before an answer, and given back when it was not needed. */
@Injectable()
export class HardCaps {
  private readonly logger = new Logger(HardCaps.name);

  constructor(
    private readonly authority: CapAuthority,
    private readonly store: CapStore,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
  ) {}

  /** Whether anything in a decision stands under a hard cap. */
  concern(decision: Decision, channel: string): boolean {
    for (const { choices } of decision.zones)
      for (const { evaluation } of choices) if (isCapped(evaluation.offer, channel)) return true;
    return false;
  }

  /**
   * Takes room for the offers chosen, and records the decision with it: in one step, as there nearly always is room.
   * Where there is none, the next best moves up.
   * @param answer the answer that a decision gives, with the tokens of offers that room is kept for; what it cannot render needs no room
   * @param tx takes it in this transaction, and only if it commits
   * @returns the answer, and whether its receipt is durable: not where nothing in it needs room after all. Null when it
   * cannot be recorded: then it holds no room
   */
  async settle<A extends RecordedAnswer>(
    deliberation: Deliberation,
    first: Decision,
    draft: Draft,
    answer: (decision: Decision) => A,
    tx?: Transaction,
  ): Promise<{ answer: A; recorded: boolean } | null> {
    const last: { given?: A } = {};
    const hope = (hoped: HopedDecision): A => {
      draft.reserved = hoped.reserved;
      return answer(hoped.decision);
    };
    const { decision, reserved, idle } = await settleCaps(
      deliberation,
      first,
      draft.question.channel,
      async (wanted, hoped) => {
        const given = hope(hoped);
        const needed = wanted.filter(({ dropped }) => dropped === null);
        const requests = needed.map((evaluation) => this.request(evaluation, draft));
        const { refused, settled } = await this.authority.ask({ requests, receipt: given.receipt }, tx);
        if (settled) last.given = given;
        return wanted.map((evaluation) => refused[needed.indexOf(evaluation)] ?? null);
      },
    );
    await this.giveBackOf(draft, idle, tx);
    if (last.given) return { answer: last.given, recorded: true };
    const given = hope({ decision, reserved });
    if (reserved.size === 0) return { answer: given, recorded: false };
    const { settled } = await this.authority.ask({ requests: [], receipt: given.receipt }, tx);
    if (settled) return { answer: given, recorded: true };
    await this.giveBackOf(draft, [...reserved], tx);
    return null;
  }

  /** Gives back what was taken for offers that the person will not see. Failing is no harm: it runs out. */
  async giveBack(
    offers: readonly OfferOfDecision[],
    { confirmed, tx }: { confirmed: boolean; tx?: Transaction },
  ): Promise<void> {
    if (offers.length === 0) return;
    const released = this.store.release(offers, this.clock.now(), {
      confirmed,
      ...(tx && { connection: tx }),
    });
    if (tx) return released;
    await released.catch((error: unknown) =>
      this.logger.warn(`room was not given back: ${error instanceof Error ? error.message : 'unknown'}`),
    );
  }

  /**
   * What a response says of room that was taken: whatever a person does with an offer, it was shown. When the room had
   * run out, it is taken again if there is some.
   */
  async heard(
    responses: readonly { offer: OfferToken; type: ResponseType }[],
    tx?: Transaction,
  ): Promise<void> {
    const held = responses.filter(({ offer }) => offer.reserved);
    if (held.length === 0) return;
    const named = (absent: boolean) =>
      held
        .filter(({ type }) => (type === 'not_presented') === absent)
        .map(({ offer: { decisionId, offer } }) => ({ decisionId, offer }));
    const shown = named(false);
    if (shown.length > 0) {
      for (const lost of await this.store.confirm(shown, tx)) await this.takeAgain(lost, tx);
    }
    await this.giveBack(named(true), { confirmed: false, ...(tx && { tx }) });
  }

  /** Takes room for an offer that is about to be sent, unless it has it. @returns the cap that leaves none, or null */
  async claim(tx: Transaction, way: OfferOnItsWay): Promise<string | null> {
    const { decisionId, channel } = way;
    const held = way.reserved ? await this.store.claimsOf(way, tx) : [];
    const claims = held.length > 0 ? held : this.claimsBySnapshot(way, channel);
    if (claims.length === 0) return null;
    const request: CapRequest = {
      decisionId,
      offer: way.offer,
      status: 'confirmed',
      expiresAt: this.clock.now(),
      claims,
    };
    const { refused } = await this.authority.ask({ requests: [request] }, tx);
    return refused[0] ?? null;
  }

  /** Somebody's device, or profile, turns out to be somebody else's. */
  join(
    tx: Transaction,
    from: { anonymousId: string } | { profileId: string },
    profileId: string,
  ): Promise<void> {
    const person =
      'profileId' in from ? personOf(from.profileId, null, '') : personOf(null, from.anonymousId, '');
    return this.store.movePerson(person, profileId, tx);
  }

  private giveBackOf({ decisionId }: Draft, offers: readonly string[], tx?: Transaction): Promise<void> {
    const named = offers.map((offer) => ({ decisionId, offer }));
    return this.giveBack(named, { confirmed: false, ...(tx && { tx }) });
  }

  private request({ offer }: Evaluation, { decisionId, now, subject, question }: Draft): CapRequest {
    const asked = question.prefetch ? (parseDuration(question.prefetch.holdFor) ?? 0) : 0;
    const hold = Math.max(holdOf(offer), Math.min(asked, LONGEST_HOLD_MS));
    return {
      decisionId,
      offer: offer.key,
      status: 'held',
      expiresAt: now + hold,
      claims: claimsOf(offer, {
        channel: question.channel,
        person: personOf(subject.profileId, subject.anonymousId, decisionId),
        profile: subject.view,
        context: question.context,
        now,
        timeZones: this.catalogue.snapshot.timeZones,
      }),
    };
  }

  private async takeAgain(lost: OfferOfDecision, tx?: Transaction): Promise<void> {
    const claims = await this.store.claimsOf(lost, tx);
    if (claims.length === 0) return;
    const request: CapRequest = { ...lost, status: 'confirmed', expiresAt: this.clock.now(), claims };
    const { refused } = await this.authority.ask({ requests: [request] }, tx);
    if (refused[0] != null)
      this.logger.warn(`${lost.offer} was shown after its room of ${refused[0]} had gone to others`);
  }

  private claimsBySnapshot({ decisionId, offer: key, profileId, profile }: OfferOnItsWay, channel: string) {
    const { offersByKey, timeZones } = this.catalogue.snapshot;
    const offer = offersByKey.get(key);
    if (!offer || !isCapped(offer, channel)) return [];
    const person = personOf(profileId, null, decisionId);
    return claimsOf(offer, { channel, person, profile, context: {}, now: this.clock.now(), timeZones });
  }
}
