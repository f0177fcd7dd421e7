import { loadConfig } from './config.js';

describe('loadConfig', () => {
  it('has a default for everything', () => {
    const loaded = loadConfig({});
    expect(loaded.ok && loaded.value).toMatchObject({
      port: 4000,
      seed: 'demo',
      publicUrl: 'http://localhost:4000',
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(loadConfig({ DATABASE_URL: '', PORT: '' })).toMatchObject({ ok: true, value: { port: 4000 } });
  });

  it.each([
    [{ PORT: 'eighty' }, /^PORT /],
    [{ PORT: '70000' }, /^PORT /],
    [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL /],
    [{ REPARTEE_SEED: 'prod' }, /^REPARTEE_SEED /],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL /],
    [{ REPARTEE_PUBLIC_URL: 'ftp://x' }, /^REPARTEE_PUBLIC_URL /],
    [{ REPARTEE_API_KEY: 'a b' }, /^REPARTEE_API_KEY /],
    [{ NATS_URL: 'http://nats.example' }, /^NATS_URL /],
    [{ NATS_URL: 'nats://a:4222,b:4222' }, /^NATS_URL /],
    [{ NATS_URL: 'nats://a', NATS_REPLICAS: '2' }, /^NATS_REPLICAS /],
    [{ NATS_URL: 'nats://a', NATS_CREDS: '/no/such/file' }, /^NATS_CREDS /],
    [{ NATS_URL: 'tls://a', NATS_CERT: __filename }, /^NATS_CERT and NATS_KEY /],
    [{ REPARTEE_OIDC_ISSUER: 'https://login.example.org' }, /^REPARTEE_OIDC_CLIENT_ID /],
    [
      { REPARTEE_OIDC_ISSUER: 'http://login.example', REPARTEE_OIDC_CLIENT_ID: 'x1' },
      /^REPARTEE_OIDC_ISSUER /,
    ],
    [{ REPARTEE_OIDC_SCOPES: 'email' }, /^REPARTEE_OIDC_SCOPES /],
    [{ REPARTEE_TRUSTED_PROXIES: 'everybody!' }, /^REPARTEE_TRUSTED_PROXIES /],
  ])('names the variable that is wrong, in one line, without its value: %j', (environment, line) => {
    const loaded = loadConfig(environment);
    if (loaded.ok) throw new Error('accepted');
    expect(loaded.failure).toMatch(line);
    expect(loaded.failure).not.toContain('\n');
    for (const value of Object.values(environment)) expect(loaded.failure).not.toContain(`"${value}"`);
  });

  it('takes servers, names and secrets of NATS apart', () => {
    const natsOf = (environment: Record<string, string>) => {
      const loaded = loadConfig(environment);
      return loaded.ok ? loaded.value.nats : loaded.failure;
    };
    expect(natsOf({})).toBeUndefined();
    expect(natsOf({ NATS_URL: 'nats://ann:s%40cret@a:4223, nats://b', NATS_REPLICAS: '3' })).toEqual({
      servers: ['a:4223', 'b:4222'],
      user: 'ann',
      password: 's@cret',
      replicas: 3,
    });
    expect(natsOf({ NATS_URL: 'nats://secret@a' })).toMatchObject({ token: 'secret' });
    expect(natsOf({ NATS_URL: 'tls://a', NATS_CA: __filename })).toMatchObject({
      servers: ['a:4222'],
      tls: { caFile: __filename },
    });
  });
});
