import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure, identifiersSchema, messageClasses, ok, type Result } from '@repartee/contracts';
import { Catalogue } from '@repartee/decisioning';
import { Deliveries } from '@repartee/delivery';
import { normaliseIdentifier } from '@repartee/identity/domain';
import { ApiDoc, Database, newId, orThrow, ValidBody } from '@repartee/platform';
import { type CachedProfile, Profiles } from '@repartee/profile';
import { z } from 'zod';

const requestSchema = z
  .strictObject({
    identifiers: identifiersSchema,
    channel: z.string().min(1).max(64),
    /** Key of a treatment of this channel. */
    template: z.string().min(1).max(64).optional(),
    /** Key of an offer: its treatment of this channel is sent. */
    offer: z.string().min(1).max(64).optional(),
    data: z.record(z.string(), z.unknown()).default({}),
    class: z.enum(messageClasses),
    sendAt: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ template, offer }) => (template === undefined) !== (offer === undefined), {
    path: ['template'],
    message: 'either a template or an offer',
  });
type MessageRequest = z.infer<typeof requestSchema>;

/** Sends one message on somebody's word. The send gate judges it like any other. */
@Controller('v1/messages')
export class MessagesController {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Database) private readonly database: Database,
  ) {}

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
    const content = orThrow(this.contentOf(request));
    const deliveryId = await this.database.transaction((tx) =>
      this.deliveries.request(tx, {
        idempotencyKey: `message:${newId()}`,
        profileId: record.id,
        channel: request.channel,
        class: request.class,
        origin: 'message',
        content,
        data: { data: request.data },
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

  private contentOf({ channel, template, offer }: MessageRequest): Result<Record<string, unknown>> {
    const { treatments, zones } = this.catalogue.snapshot;
    const named = template === undefined ? undefined : treatments.get(template);
    const offered = [...zones.values()]
      .flatMap((zone) => zone.candidates)
      .find(
        (candidate) => candidate.offer.key === offer && candidate.treatment.channel === channel,
      )?.treatment;
    const found = named ?? offered;
    if (found?.channel === channel) return ok(found.content);
    return fail(
      failure('MESSAGE.UNKNOWN_CONTENT', `There is no ${template ?? offer} for the channel ${channel}.`),
    );
  }
}
