import type { CoreUnderTest } from './start-core.js';

/** The headers of a browser in which somebody of these roles is signed in, as `<role>@example.test` unless named. */
export async function signedIn(
  core: CoreUnderTest,
  roles: readonly string[],
  name = roles.join('-'),
): Promise<Record<string, string>> {
  const email = `${name}@example.test`;
  const password = `a ${name} with nine umbrellas`;
  const made = await core.call<{ link: { url: string } }>('/v1/accounts', {
    key: 'admin',
    body: { email, name, roles },
  });
  const token = new URL(made.body.link.url).hash.slice(1);
  await core.call('/v1/passwords/links/redeem', { key: null, body: { token, password } });
  const entered = await core.call<{ csrfToken: string }>('/v1/sessions', {
    key: null,
    body: { email, password },
  });
  const [cookie = ''] = (entered.headers.getSetCookie()[0] ?? '').split(';');
  return { cookie, origin: core.url, 'x-csrf-token': entered.body.csrfToken };
}
