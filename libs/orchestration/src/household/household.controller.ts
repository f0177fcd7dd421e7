import { Controller, Get, Inject } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import { SourceRecords } from '@repartee/identity';
import { keyOf } from '@repartee/identity/domain';
import { ApiDoc, Database, orThrow, ValidParams } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { z } from 'zod';

const idSchema = z.object({ id: z.uuid() });
const householdSchema = z.object({
  profileId: z.uuid(),
  households: z.array(
    z.object({
      basis: z
        .enum(['declared', 'home'])
        .describe('A source declares it, or the same surname at one address'),
      members: z.array(z.uuid()).describe('Profiles, this one among them'),
    }),
  ),
});

/** Who lives together. */
@Controller('v1/profiles')
export class HouseholdController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(SourceRecords) private readonly records: SourceRecords,
  ) {}

  @Get(':id/household')
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({
    summary: 'Who lives with a person, as far as trusted sources say',
    description: 'A level of its own: members of a household stay different people.',
    tags: ['Profiles'],
    responses: { 200: householdSchema },
  })
  async read(
    @ValidParams(idSchema) { id }: z.infer<typeof idSchema>,
  ): Promise<z.infer<typeof householdSchema>> {
    const profile = await this.profiles.findById(id);
    if (!profile) return orThrow(fail(failure('PROFILE.NOT_FOUND', 'Nobody is known by this id.')));
    const { record } = profile;
    const rows = await this.records.household(this.database, record.identifiers.map(keyOf));
    const households = new Map<string, string[]>();
    for (const { household, profileId } of rows)
      households.set(household, [...(households.get(household) ?? []), profileId]);
    return {
      profileId: record.id,
      households: [...households].map(([key, members]) => ({
        basis: key.startsWith('declared:') ? 'declared' : 'home',
        members,
      })),
    };
  }
}
