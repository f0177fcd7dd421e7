import { Controller, Get, Inject, Req } from '@nestjs/common';
import { Allow, knownCallerOf } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import { WhyNot, type WhyNotAnswer, whyNotSchema } from '@repartee/decisioning';
import type { Disclosure } from '@repartee/decisioning/domain';
import { Classifications } from '@repartee/governance';
import { ApiDoc, orThrow, ValidParams, ValidQuery } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PersonFinder } from '../decide/person-finder.js';
import { Discretion } from '../masking/discretion.js';

const idSchema = z.object({ id: z.uuid() });
const contextSchema = z
  .string()
  .max(2000)
  .transform((text, issues) => {
    try {
      const read: unknown = JSON.parse(text);
      if (typeof read === 'object' && read !== null && !Array.isArray(read))
        return read as Record<string, unknown>;
    } catch {
      // What it is not is said below.
    }
    issues.addIssue({ code: 'custom', message: 'must be a JSON object' });
    return z.NEVER;
  });
const querySchema = z.object({
  offer: z.string().min(1).max(200),
  zone: z.string().max(200).optional().describe('Every zone it has a treatment for unless told'),
  channel: z.string().max(200).optional(),
  count: z.coerce.number().int().min(1).max(50).optional().describe('Places in the zone; 1 unless told'),
  context: contextSchema.optional().describe('As a request for a decision has it, as JSON'),
  timeZone: z.string().max(64).optional(),
  callId: z.uuid().optional().describe('The call one is in: of whom is verified there, more is told'),
});

/** Classes of data that say who somebody is, or what nobody may be judged by. */
const PROTECTED: ReadonlySet<string> = new Set(['identifier', 'contact', 'sensitive']);

/** Says why an offer is not shown to a person. */
@Controller('v1/profiles')
export class WhyNotController {
  constructor(
    @Inject(WhyNot) private readonly whyNot: WhyNot,
    @Inject(PersonFinder) private readonly people: PersonFinder,
    @Inject(Classifications) private readonly classifications: Classifications,
    @Inject(Discretion) private readonly discretion: Discretion,
  ) {}

  @Get(':id/why-not')
  @Allow('server', { scope: 'decisions:read' })
  @ApiDoc({
    summary:
      'Why an offer is not shown to this person: what stands in the way, when that ends, what would change it',
    tags: ['Decisions'],
    responses: { 200: whyNotSchema },
  })
  async ask(
    @ValidParams(idSchema) { id }: z.output<typeof idSchema>,
    @ValidQuery(querySchema) { callId, ...query }: z.output<typeof querySchema>,
    @Req() request: FastifyRequest,
  ): Promise<WhyNotAnswer> {
    const found = await this.people.findById(id.toLowerCase());
    if (!found) return orThrow(fail(failure('PROFILE.NOT_FOUND', `Nobody is known by the id ${id}.`)));
    const { subject, restricted } = found;
    const known = await this.discretion.mayKnow(knownCallerOf(request), subject.profileId ?? '', callId);
    const disclosure = this.disclosureTo(known);
    return orThrow(await this.whyNot.ask(subject, { ...query, restricted }, disclosure));
  }

  /** Nobody learns here what the profile itself would not tell them. */
  private disclosureTo(known: boolean): Disclosure {
    if (known) return { mayName: () => true, mayTell: true };
    const classes = this.classifications.current;
    return {
      mayTell: false,
      mayName: ([root, ...path]) => root !== 'profile' || !PROTECTED.has(classes.classOf(path)),
    };
  }
}
