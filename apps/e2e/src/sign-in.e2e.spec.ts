import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expectNoViolation } from './expect-accessible.js';
import { Stage } from './stage.js';

jest.setTimeout(180_000);

/** What browsers say of refusals, which these stories are about. */
const REFUSED = /status of (401|403|404|422|429)/;

let stage: Stage;
let passwords: Map<string, string>;

beforeAll(async () => {
  stage = await Stage.open();
  const file = await readFile(join(stage.system.dataDir, 'accounts.json'), 'utf8');
  const { accounts } = JSON.parse(file) as { accounts: { email: string; password: string }[] };
  passwords = new Map(accounts.map(({ email, password }) => [email, password]));
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

async function open(path: string): Promise<Page> {
  const { page, troubles } = await stage.newVisitor();
  const push = troubles.push.bind(troubles);
  troubles.push = (...said) => push(...said.filter((words) => !REFUSED.test(words)));
  await page.goto(`${stage.system.url}${path}`);
  return page;
}

async function enter(page: Page, email: string, password = passwords.get(email) ?? ''): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

describe('signing in', () => {
  it('leads to where one wanted to go, and out again', async () => {
    const page = await open('/signin?returnTo=%2Fsignin%2Fme');
    await enter(page, 'marketer@example.test');
    await page.waitForURL('**/signin/me');
    await page.getByText('Mei Tanaka').waitFor();
    await page.getByText('This browser').waitFor();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL('**/signin');
    await page.goto(`${stage.system.url}/signin/me`);
    await page.getByRole('heading', { name: 'Sign in to see this page.' }).waitFor();
  });

  it('goes by keyboard alone, and takes a pasted password', async () => {
    const page = await open('/signin?returnTo=%2Fsignin%2Fme');
    await page.getByLabel('E-mail address').focus();
    await page.keyboard.insertText('marketer@example.test');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(passwords.get('marketer@example.test') ?? '');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/signin/me');
  });

  it('never leads to another site', async () => {
    const page = await open(`/signin?returnTo=${encodeURIComponent('//evil.example/')}`);
    await enter(page, 'marketer@example.test');
    await page.waitForURL(`${stage.system.url}/signin/me`);
  });

  it('says the same of a wrong password and of nobody, and in words when to come back', async () => {
    const page = await open('/signin');
    await enter(page, 'nobody@example.test', 'whatever it may be');
    await page.getByText('The address or the password is not right.').waitFor();
    for (let tries = 0; tries < 5; tries += 1) {
      const answered = page.waitForResponse('**/v1/sessions');
      await enter(page, 'second-agent@example.test', `wrong ${tries}`);
      await answered;
      await page.getByText('The address or the password is not right.').waitFor();
    }
    await enter(page, 'second-agent@example.test');
    await page.getByText(/Too many tries went wrong\. Try again in \d+ seconds\./).waitFor();
  });

  it('tells an agent that a page is for administrators, and the hub refuses what the page would do', async () => {
    const page = await open('/signin?returnTo=%2Fsignin%2Fpeople');
    await enter(page, 'agent@example.test');
    await page.getByRole('heading', { name: 'This page is for administrators.' }).waitFor();
    await page.getByText('Your roles are: Agent.').waitFor();
    const statuses = await page.evaluate<number[]>(`(async () => {
      const me = await (await fetch('/v1/sessions/me')).json();
      const call = (method, path, body) =>
        fetch(path, {
          method,
          headers: { 'content-type': 'application/json', 'x-csrf-token': me.csrfToken },
          ...(body && { body: JSON.stringify(body) }),
        }).then(({ status }) => status);
      return Promise.all([
        call('GET', '/v1/accounts'),
        call('POST', '/v1/keys', { kind: 'admin', name: 'mine' }),
        call('GET', '/v1/audit'),
        call('PUT', '/v1/accounts/' + me.account.id + '/roles', { roles: ['admin'] }),
        call('POST', '/v1/profiles/' + me.account.id + '/merge', { other: me.account.id, reason: 'x' }),
        call('GET', '/v1/tasks'),
      ]);
    })()`);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 200]);
  });

  it('by invitation: an administrator makes a link, which sets a password once', async () => {
    const admin = await open('/signin?returnTo=%2Fsignin%2Fpeople');
    await enter(admin, 'admin@example.test');
    await admin.getByRole('button', { name: 'Invite' }).click();
    await admin.getByLabel('Name').fill('Nia Berg');
    await admin.getByLabel('E-mail address').fill('nia@example.test');
    await admin.getByLabel('Analyst').check();
    await admin.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
    const link = (await admin.locator('.link').textContent()) ?? '';
    await expectNoViolation(admin);

    const page = await open('/signin');
    await page.goto(link);
    await page.getByText('For nia@example.test').waitFor();
    await expectNoViolation(page);
    await page.getByLabel('New password').fill('password12345');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('That one is too easy to guess.').waitFor();
    await page.getByLabel('New password').fill('thirteen quiet lanterns');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your password is set.').waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await enter(page, 'nia@example.test', 'thirteen quiet lanterns');
    await page.waitForURL('**/signin/me');
    await page.goto(`${stage.system.url}/signin`);
    await page.goto(link);
    await page.getByText('This link was used, or is too old.').waitFor();
  });
});

describe('the pages can be used by everybody', () => {
  it.each([
    ['en', 'light'],
    ['th', 'dark'],
    ['ru', 'light'],
    ['en', 'dark'],
    ['th', 'light'],
    ['ru', 'dark'],
  ] as const)('in %s, %s', async (locale, colorScheme) => {
    const page = await open('/signin');
    await page.emulateMedia({ colorScheme });
    await page.evaluate(`localStorage.setItem('repartee-locale', '${locale}')`);
    await page.reload();
    await page.locator(`html[lang=${locale}] form`).waitFor();
    await expectNoViolation(page);
    await page.locator('[type=submit]').click();
    await page.locator('[aria-invalid]').first().waitFor();
    await expectNoViolation(page);
    await page.locator('[name=email]').fill('admin@example.test');
    await page.locator('[name=current-password]').fill(passwords.get('admin@example.test') ?? '');
    await page.locator('[type=submit]').click();
    await page.waitForURL('**/signin/me');
    for (const path of ['/signin/me', '/signin/people']) {
      await page.goto(`${stage.system.url}${path}`);
      await page.locator('table tbody tr').first().waitFor();
      await expectNoViolation(page);
    }
  });
});
