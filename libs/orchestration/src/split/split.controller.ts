import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { normaliseIdentifier, parseIdentifier } from '@repartee/identity/domain';
import { ApiDoc, orThrow, ValidBody, ValidParams } from '@repartee/platform';
import { z } from 'zod';
import { SplitProfile } from './split-profile.js';

const idSchema = z.object({ id: z.uuid() });
const identifierSchema = z.union([
  z.string().min(3).max(600).describe('`namespace:value`'),
  z.object({ namespace: z.string().min(1).max(64), value: z.string().min(1).max(512) }),
]);
const requestSchema = z.strictObject({
  identifiers: z.array(identifierSchema).min(1).max(100),
  reason: z.string().trim().min(1).max(500),
});

/** Splits by a person's word. */
@Controller('v1/profiles')
export class SplitController {
  constructor(@Inject(SplitProfile) private readonly splits: SplitProfile) {}

  @Post(':id/split')
  @HttpCode(200)
  @Allow('server', { scope: 'merges:write' })
  @ApiDoc({
    summary: 'Say that some identifiers of a profile are somebody else’s',
    description:
      'Where nothing happened since a merge, both sides come back as they were; else each side is what its own events make of it. The two are never linked again but by a later word of a person.',
    tags: ['Profiles'],
    responses: {
      200: z.object({
        profileId: z.uuid().describe('The profile without what left it'),
        otherId: z.uuid().describe('The profile that has the identifiers now'),
      }),
    },
  })
  async split(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: z.infer<typeof idSchema>,
    @ValidBody(requestSchema) { identifiers, reason }: z.infer<typeof requestSchema>,
  ) {
    const read = identifiers.map((one) =>
      orThrow(typeof one === 'string' ? parseIdentifier(one) : normaliseIdentifier(one.namespace, one.value)),
    );
    return orThrow(
      await this.splits.split({ profileId: id, identifiers: read, reason, actor: caller.keyId }),
    );
  }
}
