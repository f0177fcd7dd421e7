import { fail, failure, ok, type Result } from '@repartee/contracts';

/** A user token may live at most this long from now, in seconds. */
export const USER_TOKEN_MAX_LIFETIME = 3600;
/** Clocks of two servers differ; seconds. */
export const CLOCK_SKEW = 60;

// Control characters and lone surrogates have no place in an id; PostgreSQL stores neither NUL nor a surrogate.
const UNFIT = /[\p{Control}\p{Surrogate}]/u;

/** Checks what a user token claims, once its signature is known to be right. Expiry is checked with the signature. */
export function userIdOf(claims: { sub?: unknown; exp?: unknown }, now: number): Result<{ userId: string }> {
  const { sub, exp } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > 255 || UNFIT.test(sub)) {
    return userTokenRefused('sub must be the user id: text of 1 to 255 characters');
  }
  if (typeof exp !== 'number' || !(exp - now / 1000 <= USER_TOKEN_MAX_LIFETIME + CLOCK_SKEW)) {
    return userTokenRefused('exp must be at most one hour ahead');
  }
  return ok({ userId: sub });
}

/** The one failure of user tokens. */
export function userTokenRefused(why: string): Result<never> {
  return fail(failure('ACCESS.USER_TOKEN_INVALID', `The user token is refused: ${why}`));
}
