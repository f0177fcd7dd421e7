import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import { ConnectorDirectory, Polling } from '@repartee/delivery';
import { ApiDoc, orThrow, ValidParams } from '@repartee/platform';
import { z } from 'zod';

const oneSchema = z.object({ name: z.string().min(1).max(100) });

/** The connectors of this installation: what they can, how they do, what settings they take. */
@Controller('v1/connectors')
export class ConnectorsController {
  constructor(
    @Inject(ConnectorDirectory) private readonly connectors: ConnectorDirectory,
    @Inject(Polling) private readonly polling: Polling,
  ) {}

  @Get()
  @Allow('admin', { scope: 'operations:read' })
  @ApiDoc({
    summary: 'The connectors with health, capabilities and the form of their settings',
    description: 'No values of settings. `poll` says when fetching last went well.',
    tags: ['Connectors'],
  })
  async list() {
    const polls = await this.polling.health();
    const items = this.connectors.list().map((card) => {
      const poll = polls.find(({ connector }) => connector === card.name);
      return { ...card, ...(poll && { poll }) };
    });
    return { items, nextCursor: null };
  }

  @Get(':name')
  @Allow('admin', { scope: 'operations:read' })
  @ApiDoc({ summary: 'One connector', tags: ['Connectors'] })
  async get(@ValidParams(oneSchema) { name }: z.infer<typeof oneSchema>) {
    const { items } = await this.list();
    const found = items.find((card) => card.name === name);
    return found ?? orThrow(fail(failure('CONNECTOR.NOT_FOUND', `There is no connector ${name}`)));
  }

  @Post(':name/check')
  @HttpCode(200)
  @Allow('admin', { scope: 'operations:write' })
  @ApiDoc({ summary: 'Try the settings of a connector against its provider', tags: ['Connectors'] })
  async check(@ValidParams(oneSchema) { name }: z.infer<typeof oneSchema>) {
    orThrow(await this.connectors.check(name));
    return { status: 'up' };
  }
}
