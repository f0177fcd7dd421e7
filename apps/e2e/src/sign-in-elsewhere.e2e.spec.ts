import { startOpenidProvider, type OpenidProvider } from './openid-provider.js';
import { Stage } from './stage.js';

jest.setTimeout(180_000);

/** What browsers say while nobody is signed in, and of the provider's own pages, which want a font and an icon. */
const EXPECTED = /status of 40[14]|fonts\.googleapis\.com|ERR_NAME_NOT_RESOLVED/;

let provider: OpenidProvider;
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open(async (url) => {
    provider = await startOpenidProvider(url);
    return provider.environment;
  });
});
afterEach(() => stage?.clear());
afterAll(async () => {
  await stage?.close();
  await provider?.stop();
});

it('somebody signs in at their provider, has the role of their group, and signs out at both', async () => {
  const { page, troubles } = await stage.newVisitor();
  await page.goto(`${stage.system.url}/signin?returnTo=%2Fsignin%2Fme`);
  await page.getByRole('link', { name: 'Sign in with Example Corp' }).click();
  await page.waitForURL('**/interaction/**');
  await page.locator('[name=login]').fill('kim');
  await page.locator('[name=password]').fill('anything');
  await page.locator('[type=submit]').click();
  // Consent.
  await page.locator('[type=submit]').click();
  await page.waitForURL(`${stage.system.url}/signin/me`);
  await page.getByRole('heading', { name: 'kim of Example Corp' }).waitFor();
  await page.getByText('Analyst').waitFor();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(/\/session\/end/);
  await page.locator('button[value=yes], [name=logout]').first().click();
  await page.waitForURL(`${stage.system.url}/signin`);
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await page.getByLabel('E-mail address').waitFor();
  troubles.splice(0, troubles.length, ...troubles.filter((words) => !EXPECTED.test(words)));
});
