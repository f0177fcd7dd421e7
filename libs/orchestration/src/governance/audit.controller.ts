import { Controller, Get, Inject } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { AUDIT_ACTIONS, AuditLog, SubjectHasher } from '@repartee/governance';
import { ApiDoc, ValidQuery } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { z } from 'zod';

const querySchema = z.object({
  /** A profile's id; one that was merged away or erased counts too. */
  profile: z.uuid().optional(),
  /** What was changed, as `offer/ten-off`, `experiment/spring` or `configuration`. */
  subject: z.string().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const pageSchema = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      at: z.iso.datetime(),
      actor: z.string().describe('The id of a key'),
      action: z.enum(AUDIT_ACTIONS),
      subject: z
        .string()
        .describe('The profile’s id; of somebody erased a keyed hash; what was changed, with `configure`'),
      detail: z.unknown(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** Who saw or changed whom. */
@Controller('v1/audit')
export class AuditController {
  constructor(
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(SubjectHasher) private readonly hasher: SubjectHasher,
    @Inject(Profiles) private readonly profiles: Profiles,
  ) {}

  @Get()
  @Allow('admin', { scope: 'audit:read' })
  @ApiDoc({
    summary: 'Who saw or changed a person, or the configuration; newest first',
    tags: ['Privacy'],
    responses: { 200: pageSchema },
  })
  async list(@ValidQuery(querySchema) { profile, subject, cursor, limit }: z.output<typeof querySchema>) {
    const subjects = [
      ...(profile === undefined ? [] : await this.namesOf(profile)),
      ...(subject === undefined ? [] : [subject]),
    ];
    const found = await this.audit.read(subjects, { limit: limit + 1, before: decode(cursor) });
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encode(last) : null };
  }

  private async namesOf(profileId: string): Promise<string[]> {
    const family = (await this.profiles.findById(profileId))?.record.family ?? [];
    const ids = [...new Set([profileId.toLowerCase(), ...family])];
    return [...ids, ...ids.map((id) => this.hasher.profile(id))];
  }
}

function encode({ at, id }: { at: string; id: string }): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

/** A cursor that is not ours starts from the newest. */
function decode(cursor: string | undefined): { at: Date; id: string } | undefined {
  const [at = '', id = ''] = Buffer.from(cursor ?? '', 'base64url')
    .toString()
    .split(' ');
  const read = { at: new Date(at), id };
  return Number.isNaN(read.at.getTime()) || !/^[0-9a-f-]{36}$/.test(id) ? undefined : read;
}
