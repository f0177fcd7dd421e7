import { Controller, Headers, HttpCode, Inject, Patch, Post, Put, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { ApiDoc, orThrow, tagged, ValidBody, ValidParams } from '@repartee/platform';
import { RecordViews } from '@repartee/profile';
import { consentKey, type ConsentPayload, type ConsentSubject } from '@repartee/profile/domain';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { consentsSchema, noteSchema, patchSchema, profileIdSchema } from './edit-schemas.js';
import { Discretion } from '../masking/discretion.js';
import { type Edited, ProfileEdits } from './profile-edits.js';

type Id = z.infer<typeof profileIdSchema>;

/** Changes golden records by a person's word. Each change is an event, and shows before the answer. */
@Controller('v1/profiles')
export class ProfileEditController {
  constructor(
    @Inject(ProfileEdits) private readonly edits: ProfileEdits,
    @Inject(RecordViews) private readonly views: RecordViews,
    @Inject(Discretion) private readonly discretion: Discretion,
  ) {}

  @Patch(':id')
  @Allow('server', { scope: 'profiles:write' })
  @ApiDoc({
    summary: 'Change traits of a person',
    description:
      'Needs `If-Match` with the version the change is made on (`ETag` of the profile), or `*`. A value of null takes a trait back. The values come from the source `api`. 202 where the change is durable and does not show yet.',
    tags: ['Profiles'],
  })
  async patch(
    @Caller() caller: Principal,
    @ValidParams(profileIdSchema) { id }: Id,
    @Headers('if-match') ifMatch: string | undefined,
    @ValidBody(patchSchema) { traits }: z.infer<typeof patchSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const edit = { type: 'edit' as const, payload: { traits } };
    return this.show(orThrow(await this.edits.writeOn(id, ifMatch, edit, caller)), caller, reply);
  }

  @Put(':id/consents')
  @Allow('server', { scope: 'profiles:write' })
  @ApiDoc({
    summary: 'Set consents and preferences of a person',
    description:
      'What is not named stays as it is. An opt-in to a channel and a consent to the use of data are apart. What was said before is kept.',
    tags: ['Profiles'],
  })
  async consents(
    @Caller() caller: Principal,
    @ValidParams(profileIdSchema) { id }: Id,
    @ValidBody(consentsSchema) { consents, preferences }: z.infer<typeof consentsSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const payload: ConsentPayload = {
      preferences,
      consents: consents.map(({ status, proof, ...subject }) => ({
        key: consentKey(subject as ConsentSubject),
        status,
        proof: { ...proof, by: caller.keyId },
      })),
    };
    return this.show(
      orThrow(await this.edits.write(id, { type: 'consent', payload }, caller)),
      caller,
      reply,
    );
  }

  @Post(':id/notes')
  @HttpCode(201)
  @Allow('server', { scope: 'profiles:write' })
  @ApiDoc({
    summary: 'Note something about a person',
    description:
      'A note, a review or the transcript of a talk: kept in the timeline, where `q` searches it. E-mail addresses, phone numbers and order numbers in it become hints to be reviewed.',
    tags: ['Profiles'],
    responses: { 201: z.object({ id: z.uuid().describe('Of its timeline entry'), visible: z.boolean() }) },
  })
  async note(
    @Caller() caller: Principal,
    @ValidParams(profileIdSchema) { id }: Id,
    @ValidBody(noteSchema) { at, ...note }: z.infer<typeof noteSchema>,
  ) {
    const edit = {
      type: 'note' as const,
      payload: { note: { ...note, author: note.author ?? caller.keyId } },
      ...(at !== undefined && { at: Date.parse(at) }),
    };
    const { eventId, visible } = orThrow(await this.edits.write(id, edit, caller));
    return { id: eventId, visible };
  }

  /** Whoever may not read people hears the version alone: what they wrote they know. */
  private show({ visible, record }: Edited, caller: Principal, reply: FastifyReply) {
    if (!visible) void reply.status(202);
    const { id, version } = record;
    const shown = this.discretion.readsPeople(caller) ? this.views.document(record) : { id, version };
    return tagged(reply, shown, version);
  }
}
