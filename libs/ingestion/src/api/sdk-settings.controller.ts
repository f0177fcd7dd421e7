import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Allow, Caller, Keys, type Principal } from '@repartee/access';
import { CONFIG, type Config, ApiDoc, Open, orThrow } from '@repartee/platform';

/** What browser SDKs read before they send their first event. */
@Controller()
export class SdkSettingsController {
  constructor(
    @Inject(Keys) private readonly keys: Keys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Segment's analytics-next. */
  @Get('v1/projects/:writeKey/settings')
  @Open('a write key is public, and browsers send it in the path')
  @ApiDoc({ summary: 'Settings for Segment’s browser SDK', tags: ['Events'] })
  segment(@Param('writeKey') writeKey: string) {
    orThrow(this.keys.authenticatePublic(writeKey));
    const { host, protocol } = new URL(this.config.publicUrl);
    return {
      integrations: {
        'Segment.io': { apiKey: writeKey, apiHost: `${host}/v1`, protocol: protocol.replace(':', '') },
      },
      plan: { track: { __default: { enabled: true } }, identify: { __default: { enabled: true } } },
      edgeFunction: {},
    };
  }

  /** RudderStack's browser SDK. */
  @Get('sourceConfig')
  @Allow('public', { scope: 'events:write' })
  @ApiDoc({ summary: 'Settings for RudderStack’s browser SDK', tags: ['Events'] })
  rudderstack(@Caller() caller: Principal) {
    return {
      source: {
        id: caller.source,
        name: caller.source,
        writeKey: caller.keyId,
        enabled: true,
        config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
        destinations: [],
        connections: [],
        workspaceId: 'repartee',
      },
    };
  }
}
