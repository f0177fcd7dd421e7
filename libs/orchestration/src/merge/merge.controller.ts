import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import { z } from 'zod';
import { MergeProfiles } from './merge-profiles.js';

const idSchema = z.object({ id: z.uuid() });
const otherSchema = z.object({ other: z.uuid() });
const requestSchema = z.strictObject({ other: z.uuid(), reason: z.string().trim().min(1).max(500) });
const mergedSchema = z.object({
  profileId: z.uuid().describe('The survivor'),
  mergedId: z
    .uuid()
    .nullable()
    .describe('Leads to the survivor from now on; null where both were one already'),
});

/** Merges by a person's word. */
@Controller('v1/profiles')
export class MergeController {
  constructor(@Inject(MergeProfiles) private readonly merges: MergeProfiles) {}

  @Get(':id/merge-preview')
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({
    summary: 'What a merge would come to',
    tags: ['Profiles'],
    responses: {
      200: mergedSchema.extend({
        profile: z.looseObject({}).describe('The golden record as it would be'),
        holds: z.record(z.string(), z.number()).describe('What else is kept under either id'),
      }),
    },
  })
  async preview(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: z.infer<typeof idSchema>,
    @ValidQuery(otherSchema) { other }: z.infer<typeof otherSchema>,
  ) {
    return orThrow(await this.merges.preview({ profileId: id, other, actor: caller.keyId }));
  }

  @Post(':id/merge')
  @HttpCode(200)
  @Allow('server', { scope: 'merges:write' })
  @ApiDoc({
    summary: 'Say that two profiles are one person',
    description:
      'Overrides every rule and model, and can be undone by a split. Asked again, it answers the same.',
    tags: ['Profiles'],
    responses: { 200: mergedSchema },
  })
  async merge(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: z.infer<typeof idSchema>,
    @ValidBody(requestSchema) { other, reason }: z.infer<typeof requestSchema>,
  ) {
    return orThrow(await this.merges.merge({ profileId: id, other, reason, actor: caller.keyId }));
  }
}
