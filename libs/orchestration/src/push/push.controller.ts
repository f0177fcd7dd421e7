import { Controller, Delete, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import { PushSubscriptions } from '@repartee/engagement';
import { ApiDoc, CONFIG, type Config, orThrow, ValidBody } from '@repartee/platform';
import { z } from 'zod';

const SCOPE = 'decisions:write';
const bytes = (least: number, most: number) =>
  z.base64url().refine((text) => {
    const { length } = Buffer.from(text, 'base64url');
    return length >= least && length <= most;
  }, `must be ${least} to ${most} bytes`);

/** Addresses of push services are https and public; the connector refuses private ones once more when it sends. */
const endpointSchema = z.url({ protocol: /^https$/ }).max(2000);
const subscriptionSchema = z.object({
  endpoint: endpointSchema,
  /** RFC 8291: the browser's public key (an uncompressed point of P-256) and its secret. */
  keys: z.object({ p256dh: bytes(65, 65), auth: bytes(16, 16) }),
});
const endSchema = z.object({ endpoint: endpointSchema });

/** Browsers that take messages while no page is open. */
@Controller('v1/web')
export class PushController {
  constructor(
    @Inject(PushSubscriptions) private readonly subscriptions: PushSubscriptions,
    @Inject(CONFIG) private readonly config: Pick<Config, 'environment'>,
  ) {}

  @Get('push-key')
  @Allow('session', { scope: SCOPE })
  @ApiDoc({
    summary: 'The key a browser subscribes with (VAPID, RFC 8292)',
    tags: ['Web'],
    responses: { 200: z.object({ publicKey: z.string() }) },
  })
  key() {
    const publicKey = this.config.environment['WEB_PUSH_PUBLIC_KEY'];
    const off = failure(
      'PUSH.NOT_CONFIGURED',
      'Web push has no keys: set WEB_PUSH_PUBLIC_KEY and the others',
    );
    return publicKey === undefined ? orThrow(fail(off)) : { publicKey };
  }

  @Post('push-subscriptions')
  @HttpCode(204)
  @Allow('session', { scope: SCOPE })
  @ApiDoc({
    summary: "Keep a browser's push subscription for the session's visitor",
    tags: ['Web'],
    responses: { 204: null },
  })
  async keep(
    @Caller() caller: Principal,
    @ValidBody(subscriptionSchema) subscription: z.infer<typeof subscriptionSchema>,
  ): Promise<void> {
    const { source, userId = null } = caller;
    await this.subscriptions.keep({ anonymousId: visitorOf(caller), userId, source }, subscription);
  }

  @Delete('push-subscriptions')
  @HttpCode(204)
  @Allow('session', { scope: SCOPE })
  @ApiDoc({ summary: 'Forget a subscription of the visitor', tags: ['Web'], responses: { 204: null } })
  async end(
    @Caller() caller: Principal,
    @ValidBody(endSchema) { endpoint }: z.infer<typeof endSchema>,
  ): Promise<void> {
    await this.subscriptions.end(visitorOf(caller), endpoint);
  }
}

/** Administrators may call every route, but have no browser to subscribe. */
function visitorOf({ anonymousId }: Principal): string {
  return (
    anonymousId ??
    orThrow(fail(failure('PUSH.INVALID_SUBSCRIPTION', 'Only the session of a visitor has a browser')))
  );
}
