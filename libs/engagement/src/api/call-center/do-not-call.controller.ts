import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ok, type Result } from '@repartee/contracts';
import { normaliseIdentifier } from '@repartee/identity/domain';
import { ApiDoc, Database, orThrow, ValidBody } from '@repartee/platform';
import { z } from 'zod';
import { DoNotCall } from './do-not-call.js';

const numbersSchema = z.strictObject({
  numbers: z.array(z.string().min(1).max(40)).min(1).max(1000).describe('In E.164'),
});
type Numbers = z.output<typeof numbersSchema>;
const tags = ['Calls'];

/** Numbers nobody calls: of people who said so, and of national lists. It can be asked and changed, never read. */
@Controller('v1/do-not-call')
@Allow('server', { scope: 'privacy:write' })
export class DoNotCallController {
  constructor(
    @Inject(DoNotCall) private readonly list: DoNotCall,
    @Inject(Database) private readonly database: Database,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiDoc({
    summary: 'Put numbers on the do-not-call list',
    tags,
    responses: { 200: z.object({ listed: z.int() }) },
  })
  async add(@ValidBody(numbersSchema) { numbers }: Numbers) {
    const read = orThrow(readAll(numbers));
    await this.database.transaction((tx) => this.list.add(tx, read));
    return { listed: read.length };
  }

  @Post('check')
  @HttpCode(200)
  @Allow('server', { scope: 'privacy:read' })
  @ApiDoc({
    summary: 'Which of these numbers may not be called',
    tags,
    responses: { 200: z.object({ listed: z.array(z.string()) }) },
  })
  async check(@ValidBody(numbersSchema) { numbers }: Numbers) {
    const read = orThrow(readAll(numbers));
    const found = await Promise.all(read.map((number) => this.list.has(number)));
    return { listed: read.filter((_number, index) => found[index]) };
  }

  @Post('release')
  @HttpCode(200)
  @ApiDoc({
    summary: 'Take numbers off the do-not-call list, at the wish of whoever has them',
    tags,
    responses: { 200: z.object({ released: z.int() }) },
  })
  async release(@ValidBody(numbersSchema) { numbers }: Numbers) {
    return { released: await this.list.release(orThrow(readAll(numbers))) };
  }
}

function readAll(numbers: readonly string[]): Result<string[]> {
  const read: string[] = [];
  for (const number of numbers) {
    const identifier = normaliseIdentifier('phone', number);
    if (!identifier.ok) return identifier;
    read.push(identifier.value.value);
  }
  return ok(read);
}
