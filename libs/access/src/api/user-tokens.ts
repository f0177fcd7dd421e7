import { Injectable } from '@nestjs/common';
import type { Result } from '@repartee/contracts';
import { Clock } from '@repartee/platform';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { CLOCK_SKEW, userIdOf, userTokenRefused } from '../domain/index.js';
import { Keys } from './keys.js';

/** Longer tokens carry claims that are no business of ours. */
const MAX_LENGTH = 4096;
const WRONG_SIGNATURE = 'its signature does not fit';

/** Verifies the tokens by which a site's server vouches for the person in front of a browser. */
@Injectable()
export class UserTokens {
  constructor(
    private readonly keys: Keys,
    private readonly clock: Clock,
  ) {}

  /**
   * Verifies a JWT (RFC 7519), HS256 alone, against the source's signing secrets: two while they rotate.
   * @returns the `sub` claim; `exp` is required and at most an hour ahead
   */
  async verify(source: string, jwt: string): Promise<Result<{ userId: string }>> {
    const secrets = this.keys.signingSecretsOf(source);
    if (secrets.length === 0) return userTokenRefused('its source has no signing secret');
    if (jwt.length > MAX_LENGTH) return userTokenRefused('it is too long');
    if (!isSignatureCanonical(jwt)) return userTokenRefused(WRONG_SIGNATURE);
    for (const secret of secrets) {
      const claims = await this.open(jwt, secret);
      if (claims !== WRONG_SIGNATURE) {
        return typeof claims === 'string' ? userTokenRefused(claims) : userIdOf(claims, this.clock.now());
      }
    }
    return userTokenRefused(WRONG_SIGNATURE);
  }

  private async open(jwt: string, secret: string): Promise<JWTPayload | string> {
    try {
      const { payload } = await jwtVerify(jwt, Buffer.from(secret), {
        algorithms: ['HS256'],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: CLOCK_SKEW,
        currentDate: new Date(this.clock.now()),
      });
      return payload;
    } catch (error) {
      return reasonOf(error);
    }
  }
}

/** Base64 decoders forgive spare bits at the end; a token has one spelling here. */
function isSignatureCanonical(jwt: string): boolean {
  const signature = jwt.slice(jwt.lastIndexOf('.') + 1);
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWSSignatureVerificationFailed) return WRONG_SIGNATURE;
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'its algorithm must be HS256';
  if (error instanceof errors.JWTClaimValidationFailed) return `the claim ${error.claim} is missing or wrong`;
  return 'it is not a signed JWT';
}
