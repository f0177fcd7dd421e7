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
    [{ NATS_URL: 'nats://x' }, /^NATS_URL is not supported yet/],
  ])('names the variable that is wrong, in one line, without its value: %j', (environment, line) => {
    const loaded = loadConfig(environment);
    if (loaded.ok) throw new Error('accepted');
    expect(loaded.failure).toMatch(line);
    expect(loaded.failure).not.toContain('\n');
    for (const value of Object.values(environment)) expect(loaded.failure).not.toContain(`"${value}"`);
  });
});
