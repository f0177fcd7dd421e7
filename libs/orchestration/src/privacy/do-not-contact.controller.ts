import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { identifiersSchema, type Identifiers, ok, type Result } from '@repartee/contracts';
import { DoNotContact } from '@repartee/governance';
import { type Identifier, normaliseIdentifier } from '@repartee/identity/domain';
import { ApiDoc, Database, orThrow, ValidBody } from '@repartee/platform';
import { z } from 'zod';

const bodySchema = z.strictObject({ identifiers: identifiersSchema });
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
  async add(@ValidBody(bodySchema) { identifiers }: Body) {
    const read = orThrow(readAll(identifiers));
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
  async check(@ValidBody(bodySchema) { identifiers }: Body) {
    const found = await Promise.all(
      orThrow(readAll(identifiers)).map((identifier) => this.list.hasIdentifier(identifier)),
    );
    return { listed: found.includes(true) };
  }

  /** For somebody who was erased and has come back by their own will. */
  @Post('release')
  @HttpCode(200)
  @ApiDoc({
    summary: 'Take identifiers off the do-not-contact list, at the person’s own wish',
    tags: ['Privacy'],
    responses: { 200: z.object({ released: z.int() }) },
  })
  async release(@ValidBody(bodySchema) { identifiers }: Body) {
    return { released: await this.list.release(orThrow(readAll(identifiers))) };
  }
}

function readAll(identifiers: Identifiers): Result<Identifier[]> {
  const read: Identifier[] = [];
  for (const [name, value] of Object.entries(identifiers)) {
    const identifier = normaliseIdentifier(name, value);
    if (!identifier.ok) return identifier;
    read.push(identifier.value);
  }
  return ok(read);
}
