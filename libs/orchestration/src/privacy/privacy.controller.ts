import { Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { OBJECTIONS } from '@repartee/governance/domain';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { ErasePerson } from './erase-person.js';
import { asDocument, asLines, ExportPerson } from './export-person.js';
import { StandingRequests } from './standing-requests.js';

const NDJSON = 'application/x-ndjson';

const oneSchema = z.object({ reference: z.string().min(1).max(600) });
type One = z.output<typeof oneSchema>;
const exportSchema = z.object({ mask: z.enum(['true', 'false']).default('false') });
const liftable = { lift: z.boolean().default(false).describe('Takes an earlier request back') };
const restrictSchema = z.strictObject(liftable).default({ lift: false });
const objectSchema = z.strictObject({ scope: z.enum(OBJECTIONS), ...liftable });
const acceptedSchema = z.object({ requestId: z.uuid() });
const documentSchema = z.object({
  profileId: z.uuid(),
  exportedAt: z.iso.datetime(),
  records: z.array(z.object({ scope: z.string(), kind: z.string(), data: z.unknown() })),
});

/** What people may ask for themselves (GDPR articles 15 to 21). Accepted requests are followed at `/v1/privacy-requests/{id}`. */
@Controller('v1/profiles')
export class PrivacyController {
  constructor(
    @Inject(ExportPerson) private readonly exports: ExportPerson,
    @Inject(ErasePerson) private readonly erasures: ErasePerson,
    @Inject(StandingRequests) private readonly standings: StandingRequests,
  ) {}

  @Get(':reference/export')
  @Allow('server', { scope: 'privacy:read' })
  @ApiDoc({
    summary: 'Everything held about a person (GDPR articles 15 and 20)',
    description: `A JSON document; a record a line with \`Accept: ${NDJSON}\`. Streamed.`,
    tags: ['Privacy'],
    responses: { 200: documentSchema },
  })
  async export(
    @ValidParams(oneSchema) { reference }: One,
    @ValidQuery(exportSchema) { mask }: z.output<typeof exportSchema>,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const opened = orThrow(
      await this.exports.open(reference, { mask: mask === 'true', actor: caller.keyId }),
    );
    const lines = request.headers.accept?.includes(NDJSON) === true;
    return reply
      .headers({
        'content-type': lines ? NDJSON : 'application/json; charset=utf-8',
        'cache-control': 'no-store',
      })
      .send(Readable.from(lines ? asLines(opened) : asDocument(opened)));
  }

  @Delete(':reference')
  @HttpCode(202)
  @Allow('server', { scope: 'privacy:write' })
  @ApiDoc({
    summary: 'Erase a person (GDPR article 17)',
    description:
      'Hidden at once, removed from all tables soon after. Only a keyed hash stays, on the do-not-contact list.',
    tags: ['Privacy'],
    responses: { 202: acceptedSchema },
  })
  async erase(
    @ValidParams(oneSchema) { reference }: One,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return accepted(reply, orThrow(await this.erasures.request(reference, caller.keyId)));
  }

  @Post(':reference/restrict')
  @HttpCode(202)
  @Allow('server', { scope: 'privacy:write' })
  @ApiDoc({
    summary: 'Restrict processing: data is kept and not used (GDPR article 18)',
    tags: ['Privacy'],
    responses: { 202: acceptedSchema },
  })
  async restrict(
    @ValidParams(oneSchema) { reference }: One,
    @ValidBody(restrictSchema) { lift }: z.output<typeof restrictSchema>,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const change = { kind: 'restrict' } as const;
    return accepted(reply, orThrow(await this.standings.request(reference, change, lift, caller.keyId)));
  }

  @Post(':reference/object')
  @HttpCode(202)
  @Allow('server', { scope: 'privacy:write' })
  @ApiDoc({
    summary: 'Object to direct marketing or to profiling (GDPR article 21)',
    tags: ['Privacy'],
    responses: { 202: acceptedSchema },
  })
  async object(
    @ValidParams(oneSchema) { reference }: One,
    @ValidBody(objectSchema) { scope, lift }: z.output<typeof objectSchema>,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const change = { kind: 'object', scope } as const;
    return accepted(reply, orThrow(await this.standings.request(reference, change, lift, caller.keyId)));
  }
}

function accepted(reply: FastifyReply, requestId: string): { requestId: string } {
  void reply.header('location', `/v1/privacy-requests/${requestId}`);
  return { requestId };
}
