import { Provider } from 'oidc-provider';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const CLIENT_ID = 'repartee';
const CLIENT_SECRET = 'a secret between the two of them';
const TTL = {
  AccessToken: 600,
  AuthorizationCode: 60,
  Grant: 600,
  IdToken: 600,
  Interaction: 600,
  Session: 600,
};

/** A certified OpenID provider with pages of its own: whoever types a name is that person, in the group Support. */
export interface OpenidProvider {
  /** What the hub is told, to send people there. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** @param hubUrl where the hub will be */
export async function startOpenidProvider(hubUrl: string): Promise<OpenidProvider> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', providerOf(issuer, hubUrl).callback());
  return {
    environment: {
      REPARTEE_OIDC_ISSUER: issuer,
      REPARTEE_OIDC_CLIENT_ID: CLIENT_ID,
      REPARTEE_OIDC_CLIENT_SECRET: CLIENT_SECRET,
      REPARTEE_OIDC_NAME: 'Example Corp',
      REPARTEE_OIDC_CREATE_ACCOUNTS: 'yes',
      REPARTEE_OIDC_ROLES_CLAIM: 'groups',
      REPARTEE_OIDC_ROLES: 'Support=analyst',
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function providerOf(issuer: string, hubUrl: string): Provider {
  // It warns that it keeps everything in memory, which is what is wanted here.
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [`${hubUrl}/v1/oidc/sso/callback`],
        post_logout_redirect_uris: [`${hubUrl}/signin`],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    ttl: TTL,
    cookies: { keys: ['for these stories alone'] },
    findAccount: (_: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({
        sub,
        email: `${sub}@corp.example`,
        email_verified: true,
        name: `${sub} of Example Corp`,
        groups: ['Support'],
      }),
    }),
  });
  warn.mockRestore();
  return provider;
}
