import { Controller, Delete, Get, Headers, HttpCode, Inject, Post, Put, Req, Res } from '@nestjs/common';
import { Allow, knownCallerOf } from '@repartee/access';
import {
  connectorSettingsSchema,
  fail,
  failure,
  SECRET_MASK,
  settingsCheckSchema,
} from '@repartee/contracts';
import { ConnectorDirectory, ConnectorSettingsDesk, Polling } from '@repartee/delivery';
import {
  ApiDoc,
  orThrow,
  tagged,
  type Transaction,
  ValidBody,
  ValidParams,
  ValidQuery,
  versionOf,
} from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ConfigurationAudit } from '../catalogue/configuration-audit.js';

const oneSchema = z.object({ name: z.string().min(1).max(100) });
type One = z.output<typeof oneSchema>;

const valuesSchema = z
  .record(z.string().max(100), z.union([z.string().max(50_000), z.number(), z.boolean(), z.null()]))
  .describe(
    `What to store, by setting; see the form of the connector. What is left out or null comes from the environment, or the default. ${SECRET_MASK} keeps a secret`,
  );
const forceSchema = z.object({
  force: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Store them even where the provider does not take them'),
});
const storedSchema = connectorSettingsSchema.extend({
  check: settingsCheckSchema.nullable().describe('What the provider said; null where it cannot be asked'),
});

/** The connectors of this installation: what they can, how they do, their settings. */
@Controller('v1/connectors')
export class ConnectorsController {
  constructor(
    @Inject(ConnectorDirectory) private readonly connectors: ConnectorDirectory,
    @Inject(ConnectorSettingsDesk) private readonly desk: ConnectorSettingsDesk,
    @Inject(Polling) private readonly polling: Polling,
    @Inject(ConfigurationAudit) private readonly audit: ConfigurationAudit,
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
  @ApiDoc({
    summary: 'One connector, with its settings in force',
    description: 'The ETag is the version of what is stored of its settings.',
    tags: ['Connectors'],
  })
  async get(@ValidParams(oneSchema) { name }: One, @Res({ passthrough: true }) reply: FastifyReply) {
    const { items } = await this.list();
    const found =
      items.find((card) => card.name === name) ??
      orThrow(fail(failure('CONNECTOR.NOT_FOUND', `There is no connector ${name}`)));
    return tagged(reply, { ...found, ...orThrow(await this.desk.view(name)) });
  }

  @Get(':name/settings')
  @Allow('admin', { scope: 'operations:read' })
  @ApiDoc({
    summary: 'The settings of a connector, secrets masked, and where each comes from',
    tags: ['Connectors'],
    responses: { 200: connectorSettingsSchema },
  })
  async settings(@ValidParams(oneSchema) { name }: One, @Res({ passthrough: true }) reply: FastifyReply) {
    return tagged(reply, orThrow(await this.desk.view(name)));
  }

  @Put(':name/settings')
  @Allow('admin', { scope: 'operations:write' })
  @ApiDoc({
    summary: 'Store settings of a connector',
    description:
      'Checked by its schema and then with its provider, before they are stored; 422 CONNECTOR.SETTINGS_REFUSED where the provider does not take them. In force here with the answer, in all other processes about a second later. What is stored goes before the environment, value by value. `If-Match: "0"` where nothing was stored yet.',
    tags: ['Connectors'],
    responses: { 200: storedSchema },
  })
  async store(
    @ValidParams(oneSchema) { name }: One,
    @ValidBody(valuesSchema) values: z.output<typeof valuesSchema>,
    @ValidQuery(forceSchema) { force }: z.output<typeof forceSchema>,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const wish = { ...(await this.change(request, name, ifMatch)), values, force: force === 'true' };
    const check = orThrow(await this.desk.replace(name, wish));
    return tagged(reply, { ...orThrow(await this.desk.view(name)), check });
  }

  @Delete(':name/settings')
  @HttpCode(204)
  @Allow('admin', { scope: 'operations:write' })
  @ApiDoc({
    summary: 'Forget what is stored of a connector’s settings: the environment holds again',
    tags: ['Connectors'],
    responses: { 204: null },
  })
  async clear(
    @ValidParams(oneSchema) { name }: One,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    orThrow(await this.desk.clear(name, await this.change(request, name, ifMatch)));
  }

  @Post(':name/check')
  @HttpCode(200)
  @Allow('admin', { scope: 'operations:write' })
  @ApiDoc({ summary: 'Try the settings of a connector against its provider', tags: ['Connectors'] })
  async check(@ValidParams(oneSchema) { name }: One) {
    orThrow(await this.connectors.check(name));
    return { status: 'up' };
  }

  /** Who changes what, seen in which version; the audit names settings, never values. */
  private async change(request: FastifyRequest, name: string, ifMatch: string | undefined) {
    const version = orThrow(versionOf(ifMatch));
    const by = knownCallerOf(request).keyId;
    await this.audit.prepare();
    const alongside = (tx: Transaction, stored: readonly string[]) =>
      this.audit.record(tx, by, `connector/${name}`, { step: 'settings', stored });
    return { version, by, alongside };
  }
}
