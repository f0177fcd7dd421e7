import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Catalogue, ContentRenderer, OfferTokens } from '@repartee/decisioning';
import { type CompiledOffer, type CompiledTreatment, stageOf } from '@repartee/decisioning/domain';
import { Deliveries } from '@repartee/delivery';
import { normaliseIdentifier } from '@repartee/identity/domain';
import { ApiDoc, Clock, Database, newId, orThrow, ValidBody } from '@repartee/platform';
import { type CachedProfile, Profiles } from '@repartee/profile';
import type { GoldenRecord } from '@repartee/profile/domain';
import { z } from 'zod';
import { LINKS, type MessageRequest, previewSchema, requestSchema, shownSchema } from './message-schemas.js';

type Chosen =
  | { treatment: CompiledTreatment; offer?: undefined; zone?: undefined }
  | { treatment: CompiledTreatment; offer: CompiledOffer; zone: string };

/** How long an offer in a message may be accepted, unless it ends before. Milliseconds. */
const VALID_FOR = 7 * 86_400_000;

/** Sends one message on somebody's word. The send gate judges it like any other. */
@Controller('v1/messages')
export class MessagesController {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Database) private readonly database: Database,
    @Inject(OfferTokens) private readonly tokens: OfferTokens,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ContentRenderer) private readonly renderer: ContentRenderer,
  ) {}

  /** Nothing is sent, planned or counted. */
  @Post('preview')
  @HttpCode(200)
  @Allow('server', { scope: 'messages:write' })
  @ApiDoc({
    summary: 'Show what a message would say to a person, and what it takes to send it',
    tags: ['Messages'],
    responses: { 200: shownSchema },
  })
  async preview(@ValidBody(previewSchema) request: MessageRequest) {
    const { view } = orThrow(await this.find(request));
    const { treatment, offer } = orThrow(this.choose(request));
    const data = { data: request.data, ...(offer && { offer: offer.facts }), profile: view, links: LINKS };
    const shown = orThrow(this.renderer.preview(request.channel, treatment.content, data));
    return { treatment: treatment.key, ...shown };
  }

  @Post()
  @HttpCode(202)
  @Allow('server', { scope: 'messages:write' })
  @ApiDoc({
    summary: 'Send a message to a person',
    tags: ['Messages'],
    responses: { 202: z.object({ deliveryId: z.uuid() }) },
  })
  async send(@ValidBody(requestSchema) request: MessageRequest) {
    const { record } = orThrow(await this.find(request));
    const chosen = orThrow(this.choose(request));
    const deliveryId = await this.database.transaction((tx) =>
      this.deliveries.request(tx, {
        idempotencyKey: `message:${newId()}`,
        profileId: record.id,
        channel: request.channel,
        class: request.class,
        origin: 'message',
        content: chosen.treatment.content,
        data: { data: request.data, ...(chosen.offer && { offer: chosen.offer.facts }) },
        ...(chosen.offer && { offer: this.present(chosen.offer, chosen.treatment.key, chosen.zone, record) }),
        ...(request.brand !== undefined && { brand: request.brand }),
        ...(request.purpose !== undefined && { purpose: request.purpose }),
        ...(request.sendAt !== undefined && { sendAt: Date.parse(request.sendAt) }),
      }),
    );
    return { deliveryId };
  }

  private async find({ identifiers }: MessageRequest): Promise<Result<CachedProfile>> {
    for (const [name, value] of Object.entries(identifiers)) {
      const identifier = normaliseIdentifier(name, value);
      if (!identifier.ok) return identifier;
      const found = await this.profiles.findByIdentifier(identifier.value);
      if (found) return ok(found);
    }
    return fail(failure('PROFILE.NOT_FOUND', 'Nobody is known by these identifiers.'));
  }

  private choose({ channel, template, offer }: MessageRequest): Result<Chosen> {
    const { treatments, zones } = this.catalogue.snapshot;
    const named = template === undefined ? undefined : treatments.get(template);
    if (named?.channel === channel) return ok({ treatment: named });
    for (const { key: zone, candidates } of offer === undefined ? [] : zones.values()) {
      const found = candidates.find((one) => one.offer.key === offer && one.treatment.channel === channel);
      if (found) return ok({ ...found, zone });
    }
    return fail(
      failure('MESSAGE.UNKNOWN_CONTENT', `There is no ${template ?? offer} for the channel ${channel}.`),
    );
  }

  /** Somebody chose the offer, so there is no receipt; what the person does with it counts all the same. */
  private present(offer: CompiledOffer, treatment: string, zone: string, record: GoldenRecord) {
    const now = this.clock.now();
    const { key } = offer;
    const validUntil = Math.min(offer.validUntil, now + VALID_FOR);
    const token = this.tokens.seal({
      decisionId: newId(),
      offer: key,
      treatment,
      zone,
      channel: this.catalogue.snapshot.zones.get(zone)?.channel ?? '',
      stage: stageOf(Object.hasOwn(record.offers, key) ? record.offers[key] : undefined),
      profileId: record.id,
      anonymousId: null,
      dialogueId: record.dialogue?.id ?? newId(),
      issuedAt: now,
      validUntil,
      reserved: offer.caps.length > 0,
    });
    return { offer: key, treatment, zone, token, validUntil };
  }
}
