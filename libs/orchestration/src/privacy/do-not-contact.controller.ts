import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { identifiersSchema, ok, type Result } from '@repartee/contracts';
import { DoNotContact, onChannel } from '@repartee/governance';
import type { SubjectIdentifier } from '@repartee/governance/domain';
import { normaliseIdentifier } from '@repartee/identity/domain';
import { ApiDoc, Database, orThrow, ValidBody } from '@repartee/platform';
import { z } from 'zod';

const bodySchema = z.strictObject({
  identifiers: identifiersSchema,
  channel: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('On this channel alone; on none at all unless told'),
});
type Body = z.output<typeof bodySchema>;

/** The list of those nobody writes to. It keeps keyed hashes: it can be asked and changed, never read. */
@Controller('v1/do-not-contact')
@Allow('server', { scope: 'privacy:write' })
export class DoNotContactController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DoNotContact) private readonly list: DoNotContact,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiDoc({
    summary: 'Put identifiers on the do-not-contact list',
    tags: ['Privacy'],
    responses: { 200: z.object({ listed: z.int() }) },
  })
  async add(@ValidBody(bodySchema) body: Body) {
    const read = orThrow(readAll(body));
    await this.database.transaction((tx) => this.list.add(tx, this.list.hashesOf(read, []), 'listed'));
    return { listed: read.length };
  }

  @Post('check')
  @HttpCode(200)
  @Allow('server', { scope: 'privacy:read' })
  @ApiDoc({
    summary: 'Whether one of these identifiers is on the do-not-contact list',
    tags: ['Privacy'],
    responses: { 200: z.object({ listed: z.boolean() }) },
  })
  async check(@ValidBody(bodySchema) body: Body) {
    const { channel, identifiers } = body;
    const asked = orThrow(readAll({ identifiers }));
    const found = await (channel === undefined
      ? this.list.listed(asked)
      : this.list.listedFor(channel, asked));
    return { listed: found.length > 0 };
  }

  /** For somebody who was erased and has come back by their own will. */
  @Post('release')
  @HttpCode(200)
  @ApiDoc({
    summary: 'Take identifiers off the do-not-contact list, at the person’s own wish',
    tags: ['Privacy'],
    responses: { 200: z.object({ released: z.int() }) },
  })
  async release(@ValidBody(bodySchema) body: Body) {
    return { released: await this.list.release(orThrow(readAll(body))) };
  }
}

/** Entries of the list: of one channel where that is named. */
function readAll({ identifiers, channel }: Body): Result<SubjectIdentifier[]> {
  const read: SubjectIdentifier[] = [];
  for (const [name, value] of Object.entries(identifiers)) {
    const identifier = normaliseIdentifier(name, value);
    if (!identifier.ok) return identifier;
    const one = identifier.value;
    read.push(channel === undefined ? one : onChannel(channel, one));
  }
  return ok(read);
}
