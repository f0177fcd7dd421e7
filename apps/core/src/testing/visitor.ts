import type { DecisionResponse } from '@repartee/contracts';
import { SignJWT } from 'jose';
import type { CoreUnderTest } from './start-core.js';

/** A visitor's browser: a session of its own, and what a page does with it. */
export interface Visitor {
  anonymousId: string;
  /** The golden record her log-in led to. */
  profileId: string | null;
  session: { bearer: string };
  decide(body?: object): Promise<DecisionResponse>;
}

/** What the site's server makes after a log-in. Seconds of `now`. */
export function userToken(core: CoreUnderTest, userId: string, now = Date.now()): Promise<string> {
  return new SignJWT({ sub: userId })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(Math.floor(now / 1000) + 600)
    .sign(Buffer.from(core.keys.signingSecret));
}

/** Opens a session, as the person of `userId` where one is given. */
export async function visit(
  core: CoreUnderTest,
  who: { anonymousId?: string; userId?: string; now?: number } = {},
): Promise<Visitor> {
  const { anonymousId, userId, now } = who;
  const { body, status, text } = await core.call<{
    token: string;
    anonymousId: string;
    profileId: string | null;
  }>('/v1/web/session', {
    key: 'write',
    body: { anonymousId, ...(userId !== undefined && { userToken: await userToken(core, userId, now) }) },
  });
  if (status !== 200) throw new Error(text);
  const session = { bearer: body.token };
  return {
    anonymousId: body.anonymousId,
    profileId: body.profileId,
    session,
    decide: async (more = {}) => {
      const answer = await core.call<DecisionResponse>('/v1/decisions', {
        key: session,
        body: {
          identifiers: { anonymousId: body.anonymousId },
          channel: 'web',
          zones: [{ zone: 'home.hero' }],
          ...more,
        },
      });
      if (answer.status !== 200) throw new Error(answer.text);
      return answer.body;
    },
  };
}
