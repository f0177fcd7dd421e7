import { Controller, Get, Headers, Inject, Put, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { AuditLog } from '@repartee/governance';
import {
  ApiDoc,
  Database,
  orThrow,
  tagged,
  ValidBody,
  versionOf,
  type HeaderWriter,
} from '@repartee/platform';
import { type CallCenterSettings, callCenterSettingsSchema } from '../../domain/index.js';
import { CallCenterSettingsStore } from '../../persistence/call-center-settings.js';

const tags = ['Calls'];
const responses = { 200: callCenterSettingsSchema };

/** How calls and tasks are handled. */
@Controller('v1/call-center/settings')
export class CallCenterSettingsController {
  constructor(
    @Inject(CallCenterSettingsStore) private readonly store: CallCenterSettingsStore,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @Get()
  @Allow('server', { scope: 'calls:read' })
  @ApiDoc({
    summary: 'Outcome codes, queues, calling hours, attempts; with version as ETag',
    tags,
    responses,
  })
  async get(@Res({ passthrough: true }) reply: HeaderWriter): Promise<CallCenterSettings> {
    const { settings, version } = await this.store.read();
    return tagged(reply, settings, version);
  }

  @Put()
  @Allow('admin', { scope: 'configuration:write' })
  @ApiDoc({
    summary: 'Set how calls and tasks are handled; needs If-Match',
    tags,
    body: callCenterSettingsSchema,
    responses,
  })
  async set(
    @Caller() caller: Principal,
    @Headers('if-match') ifMatch: string | undefined,
    @ValidBody(callCenterSettingsSchema) settings: CallCenterSettings,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<CallCenterSettings> {
    const seen = orThrow(versionOf(ifMatch));
    await this.audit.prepare();
    const stored = await this.database.transaction(async (tx) => {
      const replaced = await this.store.replace(tx, settings, seen);
      if (replaced.ok)
        await this.audit.record(tx, [
          {
            actor: caller.keyId,
            action: 'configure',
            subject: 'call-center/settings',
            detail: { version: replaced.value.version },
          },
        ]);
      return replaced;
    });
    return tagged(reply, settings, orThrow(stored).version);
  }
}
