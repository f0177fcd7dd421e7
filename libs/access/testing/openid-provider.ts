import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { Provider } from 'oidc-provider';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CLIENT_ID = 'repartee';
export const CLIENT_SECRET = 'a secret between the two of them';

const KEY_ID = 'the-one';

/** What the provider tells of one person. */
export type Person = Record<string, unknown> & { sub: string };

/** A certified OpenID provider that signs in whoever is `at` its screen, without asking. */
export interface OpenidProvider {
  issuer: string;
  /** Who sits before it. */
  at: Person;
  /** Signs something as only the provider can. */
  sign(claims: JWTPayload): Promise<string>;
  /** Goes where a browser would, with its cookies, until it comes to another host. */
  visit(url: string): Promise<string>;
  stop(): Promise<void>;
}

/** @param publicUrl where the hub is */
export async function startOpenidProvider(publicUrl: string): Promise<OpenidProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const jar = new Map<string, string>();
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const running: OpenidProvider = {
    issuer,
    at: { sub: 'nobody' },
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KEY_ID }).sign(privateKey),
    visit: (url) => visit(issuer, url, jar),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const provider = await quietly(() => providerOf(running, publicUrl, privateKey));
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) void agree(provider, running, request, response);
    else answer(request, response);
  });
  return running;
}

/** It warns that it keeps everything in memory, which is what we want here. */
async function quietly<T>(make: () => Promise<T>): Promise<T> {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  try {
    return await make();
  } finally {
    warn.mockRestore();
  }
}

async function providerOf(running: OpenidProvider, publicUrl: string, key: CryptoKey): Promise<Provider> {
  const claims = ['email', 'email_verified', 'name', 'groups'];
  return new Provider(running.issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [`${publicUrl}/v1/oidc/sso/callback`],
        post_logout_redirect_uris: [`${publicUrl}/signin`],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(key)), kid: KEY_ID, alg: 'RS256', use: 'sig' }] },
    claims: { openid: ['sub'], profile: claims },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ['for this test alone'] },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ ...running.at, sub }) }),
  });
}

/** Signs in, and consents. */
async function agree(
  provider: Provider,
  { at }: OpenidProvider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login')
    return provider.interactionFinished(request, response, { login: { accountId: at.sub } });
  const grant = new provider.Grant({ accountId: session?.accountId, clientId: params['client_id'] });
  grant.addOIDCScope('openid email profile');
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

async function visit(issuer: string, url: string, jar: Map<string, string>): Promise<string> {
  let next = url;
  for (let hops = 0; next.startsWith(issuer); hops += 1) {
    if (hops > 12) throw new Error(`the provider leads in circles: ${next}`);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      if (pair.length > name.length + 1) jar.set(name, pair.slice(name.length + 1));
      else jar.delete(name);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`the provider says ${answer.status}: ${await answer.text()}`);
    next = new URL(location, next).href;
  }
  return next;
}
