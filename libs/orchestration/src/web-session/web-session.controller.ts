import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal, SessionTokens, UserTokens } from '@repartee/access';
import { Ingest } from '@repartee/ingestion';
import { ApiDoc, Clock, newId, orThrow, ValidBody } from '@repartee/platform';
import { z } from 'zod';
import { internalEvent } from '../process-event/internal-event.js';

const requestSchema = z.strictObject({
  /** The device's own random id; made here when absent. */
  anonymousId: z.string().min(8).max(200).optional(),
  /** JWT by which the site's server vouches for the person. */
  userToken: z.string().max(8192).optional(),
});
const answerSchema = z.object({
  token: z.string(),
  expiresAt: z.string(),
  anonymousId: z.string(),
  profileId: z.string().nullable(),
  /** The hub's time, for countdowns on devices whose clocks are wrong. */
  now: z.string(),
});

/** Seconds a log-in waits until the anonymous history is the person's. */
const LINK_WAIT = 2;

/** Opens a session for one visitor's browser. */
@Controller('v1/web/session')
export class WebSessionController {
  constructor(
    @Inject(SessionTokens) private readonly sessions: SessionTokens,
    @Inject(UserTokens) private readonly userTokens: UserTokens,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @Allow('public', { scope: 'events:write' })
  @ApiDoc({ summary: 'Open a session for a visitor', tags: ['Web'], responses: { 200: answerSchema } })
  async open(@Caller() caller: Principal, @ValidBody(requestSchema) request: z.infer<typeof requestSchema>) {
    const anonymousId = request.anonymousId ?? newId();
    const { source } = caller;
    const userId =
      request.userToken === undefined
        ? undefined
        : orThrow(await this.userTokens.verify(source, request.userToken)).userId;
    const profileId = userId === undefined ? null : await this.link(anonymousId, userId, source);
    const { token, expiresAt } = this.sessions.issue({
      source,
      anonymousId,
      ...(userId !== undefined && { userId }),
    });
    const now = new Date(this.clock.now()).toISOString();
    return { token, expiresAt: expiresAt.toISOString(), anonymousId, profileId, now };
  }

  /** The log-in is proved: what the device did is the person's from here on. Once per device and person. */
  private async link(anonymousId: string, userId: string, source: string): Promise<string | null> {
    const id = newId();
    const ingested = orThrow(
      await this.ingest.internal([
        internalEvent({
          id,
          type: 'identify',
          name: 'Signed In',
          messageId: `session:${source}:${id}`,
          at: this.clock.now(),
          subject: userId,
          payload: { anonymousId, userId },
        }),
      ]),
    );
    const { profileId } = await this.ingest.visible(ingested, LINK_WAIT);
    return profileId ?? null;
  }
}
