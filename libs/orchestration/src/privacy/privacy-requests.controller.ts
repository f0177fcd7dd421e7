import { Controller, Get, Inject } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { failure } from '@repartee/contracts';
import { PrivacyRequests, SubjectHasher } from '@repartee/governance';
import { OBJECTIONS, REQUEST_KINDS, REQUEST_STATUSES, STEP_STATUSES } from '@repartee/governance/domain';
import { ApiDoc, ProblemError, ValidParams, ValidQuery } from '@repartee/platform';
import { z } from 'zod';

const oneSchema = z.object({ id: z.uuid() });
const listSchema = z.object({
  profile: z.uuid().optional(),
  status: z.enum(REQUEST_STATUSES).optional(),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const requestSchema = z.object({
  id: z.uuid(),
  kind: z.enum(REQUEST_KINDS),
  subject: z.string().describe('Keyed hash of the profile’s id'),
  profileId: z.uuid().nullable().describe('Null once an erasure is done'),
  scope: z.enum(OBJECTIONS).nullable(),
  lifted: z.boolean(),
  status: z.enum(REQUEST_STATUSES),
  requestedBy: z.string().describe('The id of a key'),
  requestedAt: z.iso.datetime(),
  completedAt: z.iso.datetime().nullable(),
  steps: z
    .array(
      z.object({
        scope: z.string().describe('A scope, or connector:<name> with what its provider answered'),
        status: z.enum(STEP_STATUSES),
        records: z.int(),
        detail: z.string().nullable(),
        at: z.iso.datetime(),
      }),
    )
    .describe('What each scope and connector did'),
});
const pageSchema = z.object({ items: z.array(requestSchema), nextCursor: z.uuid().nullable() });

/** The ledger of privacy requests. */
@Controller('v1/privacy-requests')
@Allow('server', { scope: 'privacy:read' })
export class PrivacyRequestsController {
  constructor(
    @Inject(PrivacyRequests) private readonly requests: PrivacyRequests,
    @Inject(SubjectHasher) private readonly hasher: SubjectHasher,
  ) {}

  @Get()
  @ApiDoc({ summary: 'Privacy requests, newest first', tags: ['Privacy'], responses: { 200: pageSchema } })
  async list(@ValidQuery(listSchema) query: z.output<typeof listSchema>) {
    const { profile, status, cursor: before, limit } = query;
    const subject = profile === undefined ? undefined : this.hasher.profile(profile);
    const found = await this.requests.list({ limit: limit + 1, before, subject, status });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  @Get(':id')
  @ApiDoc({
    summary: 'One privacy request, with what each scope and connector did',
    tags: ['Privacy'],
    responses: { 200: requestSchema },
  })
  async get(@ValidParams(oneSchema) { id }: z.output<typeof oneSchema>) {
    const found = await this.requests.find(id);
    if (!found) throw new ProblemError(failure('GOVERNANCE.REQUEST_NOT_FOUND', `There is no request ${id}.`));
    return found;
  }
}
