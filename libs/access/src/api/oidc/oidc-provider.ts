import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { CONFIG, type Config, type OidcConfig } from '@repartee/platform';
import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import * as oidc from 'openid-client';
import { readClaims, type ProviderClaims } from '../../domain/index.js';

/** Seconds that the provider has for an answer. */
const TIMEOUT = 10;
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Seconds: a logout token is for now (OpenID Connect Back-Channel Logout 1.0, section 2.4). */
const LOGOUT_AGE = 300;

/** What must be kept while somebody is at the provider. */
export interface Secrets {
  state: string;
  nonce: string;
  verifier: string;
}

/** Somebody of whom the provider has told us. */
export interface Vouched {
  claims: ProviderClaims;
  idToken: string | null;
  session: string | null;
}

interface Discovered {
  client: oidc.Configuration;
  keys: JWTVerifyGetKey;
}

/** The one OpenID provider that is configured: authorization code with PKCE, state and nonce. */
@Injectable()
export class OidcProvider {
  private discovered: Promise<Discovered> | undefined;
  private readonly publicUrl: string;
  private readonly settings: OidcConfig | undefined;

  constructor(@Inject(CONFIG) config: Config) {
    this.publicUrl = config.publicUrl;
    this.settings = config.oidc;
  }

  /** The provider of this key. */
  settingsOf(key: string): Result<OidcConfig> {
    if (this.settings?.key === key) return ok(this.settings);
    return fail(failure('ACCESS.PROVIDER_NOT_FOUND', 'There is no sign-in provider of this name'));
  }

  get all(): readonly OidcConfig[] {
    return this.settings ? [this.settings] : [];
  }

  /** Where to send somebody who wants to sign in. */
  async begin(settings: OidcConfig): Promise<Result<{ url: string; secrets: Secrets }>> {
    const found = await this.discover(settings);
    if (!found.ok) return found;
    const secrets = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(found.value.client, {
      redirect_uri: this.callbackOf(settings),
      scope: settings.scopes,
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(secrets.verifier),
      code_challenge_method: 'S256',
    });
    return ok({ url: url.href, secrets });
  }

  /**
   * Takes what the provider sent somebody back with.
   * @param query of the callback, with its question mark
   */
  async finish(settings: OidcConfig, query: string, secrets: Secrets): Promise<Result<Vouched>> {
    const found = await this.discover(settings);
    if (!found.ok) return found;
    try {
      return ok(await this.exchange(settings, found.value.client, query, secrets));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return fail(
        failure('ACCESS.SIGN_IN_FAILED', `The provider did not vouch for you: ${why.slice(0, 200)}`),
      );
    }
  }

  /** Where to go to end the session at the provider too (OpenID Connect RP-Initiated Logout 1.0); null where it has none. */
  async logoutUrl(settings: OidcConfig, idToken: string | null): Promise<string | null> {
    const found = await this.discover(settings);
    if (!found.ok || found.value.client.serverMetadata().end_session_endpoint === undefined) return null;
    return oidc.buildEndSessionUrl(found.value.client, {
      post_logout_redirect_uri: `${this.publicUrl}/signin`,
      ...(idToken !== null && { id_token_hint: idToken }),
    }).href;
  }

  /** Whose session is over at the provider, as its own signature says (OpenID Connect Back-Channel Logout 1.0). */
  async readLogout(
    settings: OidcConfig,
    token: string,
  ): Promise<Result<{ subject: string | null; session: string | null }>> {
    const found = await this.discover(settings);
    if (!found.ok) return found;
    try {
      const { payload } = await jwtVerify(token, found.value.keys, {
        issuer: found.value.client.serverMetadata().issuer,
        audience: settings.clientId,
        requiredClaims: ['iat', 'jti', 'events'],
        maxTokenAge: LOGOUT_AGE,
        clockTolerance: 60,
      });
      const events = payload['events'];
      const isLogout = typeof events === 'object' && events !== null && LOGOUT_EVENT in events;
      const session = typeof payload['sid'] === 'string' ? payload['sid'] : null;
      const subject = payload.sub ?? null;
      if (!isLogout || 'nonce' in payload || (subject === null && session === null)) return notALogout();
      return ok({ subject, session });
    } catch {
      return notALogout();
    }
  }

  private async exchange(
    settings: OidcConfig,
    client: oidc.Configuration,
    query: string,
    { state, nonce, verifier }: Secrets,
  ): Promise<Vouched> {
    const tokens = await oidc.authorizationCodeGrant(
      client,
      new URL(`${this.callbackOf(settings)}${query}`),
      {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      },
    );
    const idClaims = tokens.claims();
    if (!idClaims) throw new Error('it sent no ID token');
    // Many providers tell of addresses and groups there alone.
    const more = client.serverMetadata().userinfo_endpoint
      ? await oidc.fetchUserInfo(client, tokens.access_token, idClaims.sub)
      : {};
    const { sid } = idClaims;
    return {
      claims: readClaims({ ...more, ...idClaims }, { claim: settings.rolesClaim, roles: settings.roles }),
      idToken: tokens.id_token ?? null,
      session: typeof sid === 'string' ? sid : null,
    };
  }

  private callbackOf({ key }: OidcConfig): string {
    return `${this.publicUrl}/v1/oidc/${key}/callback`;
  }

  /** Asked once; again after it failed. */
  private async discover(settings: OidcConfig): Promise<Result<Discovered>> {
    this.discovered ??= discover(settings);
    try {
      return ok(await this.discovered);
    } catch {
      this.discovered = undefined;
      return fail(
        failure('ACCESS.PROVIDER_UNAVAILABLE', 'The sign-in provider does not answer; try again later'),
      );
    }
  }
}

async function discover({ issuer, clientId, clientSecret }: OidcConfig): Promise<Discovered> {
  const insecure = issuer.startsWith('http:');
  const client = await oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    timeout: TIMEOUT,
    ...(insecure && { execute: [oidc.allowInsecureRequests] }),
  });
  const { jwks_uri: jwksUri } = client.serverMetadata();
  if (jwksUri === undefined) throw new Error('the provider names no keys');
  return { client, keys: createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: TIMEOUT * 1000 }) };
}

function notALogout(): Result<never> {
  return fail(failure('HTTP.INVALID_REQUEST', 'This is no logout token of the provider for us'));
}
