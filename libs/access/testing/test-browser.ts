import { parseSetCookie } from 'cookie';
import type { Role } from '../src/domain/index.js';
import type { AccessApp, Answer, CallOptions } from './access-app.js';

export const OWN_ORIGIN = 'https://hub.example.org';
export const PASSWORD = 'a heron on the seventh pier';

/** A person's browser: keeps cookies, and sends its Origin and the token of its page. */
export class TestBrowser {
  readonly jar = new Map<string, string>();
  csrfToken = '';
  remoteAddress = '192.0.2.1';

  constructor(private readonly app: AccessApp) {}

  async call(method: string, url: string, options: CallOptions = {}): Promise<Answer> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.app.call(method, url, {
      remoteAddress: this.remoteAddress,
      ...options,
      headers: {
        ...(cookie !== '' && { cookie }),
        ...(method !== 'GET' && { origin: OWN_ORIGIN, 'x-csrf-token': this.csrfToken }),
        ...options.headers,
      },
    });
    for (const { name, value, maxAge } of cookiesOf(answer)) {
      if (maxAge === 0 || !value) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    if (typeof answer.body['csrfToken'] === 'string') this.csrfToken = answer.body['csrfToken'];
    return answer;
  }

  signIn(email: string, password = PASSWORD): Promise<Answer> {
    return this.call('POST', '/v1/sessions', { body: { email, password } });
  }
}

/** What an answer gives to keep. */
export function cookiesOf(answer: Answer) {
  const set = answer.headers['set-cookie'] as string | string[] | undefined;
  return (set === undefined ? [] : [set].flat()).map((text) => parseSetCookie(text));
}

/** An account with a password, as an administrator makes it. */
export async function accountOf(
  app: AccessApp,
  email: string,
  roles: Role[],
  password = PASSWORD,
): Promise<string> {
  const body = { email, name: 'Somebody', roles };
  const invited = await app.call('POST', '/v1/accounts', { key: app.first.admin, body });
  const { account, link } = invited.body as { account: { id: string }; link: { url: string } };
  const redeemed = await app.call('POST', '/v1/passwords/links/redeem', {
    body: { token: new URL(link.url).hash.slice(1), password },
  });
  if (redeemed.status !== 204) throw new Error(JSON.stringify(redeemed.body));
  return account.id;
}
