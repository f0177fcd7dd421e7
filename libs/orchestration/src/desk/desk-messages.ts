import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Catalogue, ContentRenderer, OfferTokens } from '@repartee/decisioning';
import { type CompiledOffer, type CompiledTreatment, stageOf } from '@repartee/decisioning/domain';
import { Deliveries } from '@repartee/delivery';
import { Clock, Database, newId } from '@repartee/platform';
import { type CachedProfile, Profiles } from '@repartee/profile';
import type { ProfileView } from '@repartee/profile/domain';
import { LINKS } from '../messages/message-schemas.js';

export interface FollowUp {
  profileId: string;
  channel: string;
  offer: string;
}
interface Chosen {
  person: CachedProfile;
  offer: CompiledOffer;
  treatment: CompiledTreatment;
  zone: string;
}

/** How long an offer in a follow-up may be accepted, unless it ends before. Milliseconds. */
const VALID_FOR = 7 * 86_400_000;

/** What agents send: the send gate judges it like every message. */
@Injectable()
export class DeskMessages {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(ContentRenderer) private readonly renderer: ContentRenderer,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(OfferTokens) private readonly tokens: OfferTokens,
  ) {}

  /** What would arrive; nothing is sent, and its links lead nowhere. @param show as much of the person as may be seen */
  async preview(
    wanted: FollowUp,
    show: (view: ProfileView) => ProfileView,
  ): Promise<Result<Record<string, unknown>>> {
    const chosen = await this.choose(wanted);
    if (!chosen.ok) return chosen;
    const { person, offer, treatment, zone } = chosen.value;
    const data = {
      data: {},
      profile: show(person.view),
      offer: offer.facts,
      zone,
      context: {},
      locale: null,
      links: LINKS,
    };
    const shown = this.renderer.preview(treatment.channel, treatment.content, data);
    return shown.ok ? ok(shown.value.content as Record<string, unknown>) : shown;
  }

  /** Fails with PROFILE.NOT_FOUND or MESSAGE.UNKNOWN_CONTENT. */
  async followUp(wanted: FollowUp, clock: Clock): Promise<Result<{ deliveryId: string }>> {
    const chosen = await this.choose(wanted);
    if (!chosen.ok) return chosen;
    const { person, offer, treatment, zone } = chosen.value;
    const { record } = person;
    const issuedAt = clock.now();
    const validUntil = Math.min(offer.validUntil, issuedAt + VALID_FOR);
    const dialogueId = record.dialogue?.id ?? newId();
    const token = this.tokens.seal({
      decisionId: newId(),
      offer: offer.key,
      treatment: treatment.key,
      zone,
      channel: wanted.channel,
      stage: stageOf(Object.hasOwn(record.offers, offer.key) ? record.offers[offer.key] : undefined),
      profileId: record.id,
      anonymousId: null,
      dialogueId,
      issuedAt,
      validUntil,
      reserved: offer.caps.length > 0,
    });
    return this.send({
      profileId: record.id,
      channel: wanted.channel,
      class: 'marketing',
      origin: 'agent',
      content: treatment.content,
      data: { offer: offer.facts },
      dialogueId,
      offer: { offer: offer.key, treatment: treatment.key, zone, token, validUntil },
    });
  }

  private async send(
    request: Omit<Parameters<Deliveries['request']>[1], 'idempotencyKey'>,
  ): Promise<Result<{ deliveryId: string }>> {
    const deliveryId = await this.database.transaction((tx) =>
      this.deliveries.request(tx, { ...request, idempotencyKey: `agent:${newId()}` }),
    );
    return ok({ deliveryId: deliveryId ?? '' });
  }

  private async choose({ profileId, channel, offer }: FollowUp): Promise<Result<Chosen>> {
    const person = await this.profiles.findById(profileId);
    if (!person) return fail(failure('PROFILE.NOT_FOUND', 'There is no such profile.'));
    for (const { key: zone, candidates } of this.catalogue.snapshot.zones.values()) {
      const found = candidates.find((one) => one.offer.key === offer && one.treatment.channel === channel);
      if (found) return ok({ person, ...found, zone });
    }
    return fail(failure('MESSAGE.UNKNOWN_CONTENT', `There is no ${offer} for the channel ${channel}.`));
  }
}
