import { Desk, hangUpAll } from './desk.js';
import { Shop } from './shop.js';
import { Stage } from './stage.js';

jest.setTimeout(240_000);

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(async () => {
  await stage?.clear();
  if (stage) await hangUpAll(stage);
});
afterAll(() => stage?.close());

describe('what somebody takes back in the shop', () => {
  it('shows at the desk at once', async () => {
    const { page: browser } = await stage.newVisitor();
    const shop = new Shop(browser, stage.system.url);
    await shop.signInAs('mali', '/account');
    await browser.getByTestId('privacy').click();
    await browser.getByTestId('consent-yes').click();
    const desk = await Desk.open(stage);
    const { page } = desk;
    await desk.ring('shop', '+12065550186');
    await page.evaluate('window.sameDocument = true');
    const consents = page.getByTestId('consents');
    await consents.getByText('analytics: granted').waitFor();
    expect(await consents.getByText('email: denied').count()).toBe(0);

    await browser.getByTestId('pref-email').uncheck();
    await browser.getByTestId('preferences-said').getByText('Saved.').waitFor();
    await consents.getByText('email: denied').waitFor();
    await browser.getByTestId('privacy').click();
    await browser.getByTestId('consent-no').click();
    await consents.getByText('analytics: denied').waitFor();
    expect(await page.evaluate('window.sameDocument')).toBe(true);
  });
});
