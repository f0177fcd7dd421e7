import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FirstAccountMaker } from '../src/index.js';
import { install, type Installation } from './access-app.js';
import { PASSWORD, TestBrowser } from './test-browser.js';

interface File {
  accounts: { email: string; password: string; roles: string[] }[];
}

describe('the first accounts', () => {
  let installation: Installation;
  beforeEach(async () => {
    installation = await install();
  });
  afterEach(() => installation.remove());

  const ensure = async (seed: 'demo' | 'none') => {
    const app = await installation.start({}, undefined, { REPARTEE_SEED: seed });
    return { app, first: await app.get(FirstAccountMaker).ensureFirstAccounts() };
  };

  it('of the demo are made once, with passwords that only the owner of the file reads', async () => {
    const { app, first } = await ensure('demo');
    expect(first.made.map(({ email }) => email)).toEqual([
      'admin@example.test',
      'supervisor@example.test',
      'agent@example.test',
      'second-agent@example.test',
      'marketer@example.test',
    ]);
    const path = join(installation.dataDir, 'accounts.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const { accounts } = JSON.parse(await readFile(path, 'utf8')) as File;
    expect(accounts).toEqual(first.made);
    expect(new Set(accounts.map(({ password }) => password)).size).toBe(accounts.length);
    for (const { email, password, roles } of accounts) {
      const answer = await new TestBrowser(app).signIn(email, password);
      expect([answer.status, answer.body['roles']]).toEqual([201, roles]);
    }
    expect((await ensure('demo')).first).toEqual({ made: [] });
  });

  it('of the demo are made once by processes that start together', async () => {
    const all = await Promise.all([ensure('demo'), ensure('demo')]);
    const made = all.flatMap(({ first }) => first.made);
    expect(made).toHaveLength(5);
    const text = await readFile(join(installation.dataDir, 'accounts.json'), 'utf8');
    expect((JSON.parse(text) as File).accounts).toEqual(made);
  });

  it('keep the passwords of the file when the database is new', async () => {
    const { first } = await ensure('demo');
    await installation.database.database.query('DELETE FROM account');
    expect((await ensure('demo')).first.made).toEqual(first.made);
  });

  it('without the demo are one invitation, until somebody has taken it up', async () => {
    const { first } = await ensure('none');
    expect(first).toEqual({
      made: [],
      invitation: {
        email: 'admin@example.test',
        url: expect.stringMatching(/^https:\/\/hub\.example\.org\/signin\/password#[\w-]{43}$/),
      },
    });
    const { app, first: second } = await ensure('none');
    const redeem = (url = '') =>
      app.call('POST', '/v1/passwords/links/redeem', {
        body: { token: new URL(url).hash.slice(1), password: PASSWORD },
      });
    expect((await redeem(first.invitation?.url)).status).toBe(404);
    expect((await redeem(second.invitation?.url)).status).toBe(204);
    expect((await new TestBrowser(app).signIn('admin@example.test')).body['roles']).toEqual(['admin']);
    expect((await ensure('none')).first).toEqual({ made: [] });
  });
});
