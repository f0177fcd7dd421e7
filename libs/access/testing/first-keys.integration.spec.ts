import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FirstKeyIssuer } from '../src/index.js';
import { install, type AccessApp, type Installation } from './access-app.js';

describe('the first keys', () => {
  let installation: Installation;
  beforeEach(async () => {
    installation = await install();
  });
  afterEach(() => installation.remove());

  const file = () => join(installation.dataDir, 'keys.json');
  const works = async (running: AccessApp, key: string) =>
    (await running.call('GET', '/v1/things', { key })).status === 200;
  const refusal = async (running: AccessApp, given: { writeKey?: string; apiKey?: string }) => {
    const result = await running.get(FirstKeyIssuer).ensureFirstKeys(given);
    return result.ok ? null : result.failure.detail;
  };

  it('are made once, kept for their owner alone and given again at the next start', async () => {
    const first = await installation.start();
    expect(first.first).toEqual({
      write: expect.stringMatching(/^rp_pub_/),
      admin: expect.stringMatching(/^rp_adm_/),
      server: expect.stringMatching(/^rp_srv_/),
      signingSecret: expect.stringMatching(/^rp_sig_/),
    });
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    const second = await installation.start();
    expect(second.first).toEqual(first.first);
    expect(second.keys.signingSecretsOf('default')).toEqual([first.first.signingSecret]);
    const { items } = (await second.call('GET', '/v1/keys', { key: first.first.admin })).body;
    expect(items).toHaveLength(3);
  });

  it('are those of the environment when it has some, and these stay out of the file', async () => {
    const given = { writeKey: 'my-write-key', apiKey: 'my:admin:key' };
    const running = await installation.start(given);
    expect(running.first).toMatchObject({ write: 'my-write-key', admin: 'my:admin:key' });
    expect(await works(running, 'my-write-key')).toBe(true);
    expect((await running.call('GET', '/v1/keys', { key: 'my:admin:key' })).status).toBe(200);
    const kept = JSON.parse(await readFile(file(), 'utf8')) as object;
    expect(Object.keys(kept).sort()).toEqual(['server', 'signingSecret']);
    expect((await installation.start(given)).first).toEqual(running.first);
  });

  it('are put into an empty database again from the file', async () => {
    const { first } = await installation.start();
    await installation.database.database.query('TRUNCATE access_key, access_key_secret, signing_secret');
    const again = await installation.start();
    expect(again.first).toEqual(first);
    expect(await works(again, first.server)).toBe(true);
    expect(again.keys.signingSecretsOf('default')).toEqual([first.signingSecret]);
  });

  it('are made anew where a kept one was revoked, and only there', async () => {
    const { first, call } = await installation.start();
    const { items } = (await call('GET', '/v1/keys', { key: first.admin })).body;
    const server = (items as { id: string; kind: string }[]).find(({ kind }) => kind === 'server');
    await call('DELETE', `/v1/keys/${server?.id}`, { key: first.admin });
    const again = await installation.start();
    expect(again.first).toEqual({ ...first, server: expect.not.stringContaining(first.server) });
    expect(await works(again, first.server)).toBe(false);
    expect(await works(again, again.first.server)).toBe(true);
  });

  it('refuse a given key that was revoked, that is of another kind, that is unfit, or that is both', async () => {
    const running = await installation.start({ apiKey: 'chosen-admin-key' });
    const { items } = (await running.call('GET', '/v1/keys', { key: 'chosen-admin-key' })).body;
    const chosen = (items as { id: string; kind: string }[]).find(({ kind }) => kind === 'admin');
    await running.call('DELETE', `/v1/keys/${chosen?.id}`, { key: 'chosen-admin-key' });
    expect(await refusal(running, { apiKey: 'chosen-admin-key' })).toBe(
      'REPARTEE_API_KEY holds a key that was revoked or has expired; set another',
    );
    expect(await refusal(running, { apiKey: running.first.write })).toMatch(
      /REPARTEE_API_KEY .* already a public key/,
    );
    expect(await refusal(running, { writeKey: 'short' })).toMatch(/^REPARTEE_WRITE_KEY must have at least 8/);
    expect(await refusal(running, { writeKey: 'the-same-key', apiKey: 'the-same-key' })).toMatch(
      /must differ/,
    );
  });

  it('refuse a file that is not ours rather than overwrite it', async () => {
    const running = await installation.start();
    await writeFile(file(), '{"write": 42');
    expect(await refusal(running, {})).toContain('keys.json is not a file of keys');
    await rm(file());
    expect(await refusal(running, {})).toBeNull();
  });

  it('are the same for processes that start together with the same environment', async () => {
    const given = { writeKey: 'shared-write', apiKey: 'shared-admin' };
    await Promise.all([installation.start(given), installation.start(given), installation.start(given)]);
    const rows = await installation.database.database.query(
      `SELECT kind FROM access_key WHERE kind IN ('public', 'admin')`,
    );
    expect(rows).toHaveLength(2);
  });
});
