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
  isCapped,
  type OfferToken,
  personOf,
  settleCaps,
} from '../domain/index.js';
import { CapStore, type CapRequest, type OfferOfDecision } from '../persistence/index.js';
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
   * Takes room for the offers chosen; where there is none, the next best moves up.
   * @param tx takes it in this transaction, and only if it commits
   * @returns the decision, and the offers in it that room was taken for
   */
  async settle(
    deliberation: Deliberation,
    first: Decision,
    draft: Draft,
    tx?: Transaction,
  ): Promise<{ decision: Decision; reserved: Set<string> }> {
    const { decision, reserved, idle } = await settleCaps(
      deliberation,
      first,
      draft.question.channel,
      (wanted) =>
        this.authority.reserve(
          wanted.map((evaluation) => this.request(evaluation, draft)),
          tx,
        ),
    );
    await this.giveBack(
      idle.map((offer) => ({ decisionId: draft.decisionId, offer })),
      { confirmed: false, ...(tx && { tx }) },
    );
    return { decision, reserved };
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
    const [refused = null] = await this.authority.reserve([request], tx);
    return refused;
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
    const [refused] = await this.authority.reserve([request], tx);
    if (refused != null)
      this.logger.warn(`${lost.offer} was shown after its room of ${refused} had gone to others`);
  }

  private claimsBySnapshot({ decisionId, offer: key, profileId, profile }: OfferOnItsWay, channel: string) {
    const { offersByKey, timeZones } = this.catalogue.snapshot;
    const offer = offersByKey.get(key);
    if (!offer || !isCapped(offer, channel)) return [];
    const person = personOf(profileId, null, decisionId);
    return claimsOf(offer, { channel, person, profile, context: {}, now: this.clock.now(), timeZones });
  }
}
