import { expectNoViolation } from './expect-accessible.js';
import { Shop } from './shop.js';
import { Stage } from './stage.js';

jest.setTimeout(240_000);

const SHOP = [
  '',
  '/c/cameras',
  '/p/field-35',
  '/search?q=ridge',
  '/search?q=nothing',
  '/cart',
  '/checkout',
  '/sign-in',
  '/lost',
];
const SANDBOX = ['', '/phones', '/story', '/calls', '/kiosk', '/clock', '/faults'];
const LOOKS = ['en-US', 'th-TH', 'ru-RU'].flatMap((locale) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ locale, colorScheme })),
);

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

describe.each(LOOKS)('in $locale, $colorScheme', (habits) => {
  it('every page of the shop can be used with assistive technology', async () => {
    const { page } = await stage.newVisitor(habits);
    const shop = new Shop(page, stage.system.url);
    for (const path of SHOP) {
      await shop.enter(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await expectNoViolation(page);
    }
    expect(await page.locator('html').getAttribute('lang')).toBe(habits.locale.slice(0, 2));
    await shop.signInAs('ann', '/p/ridge');
    await page.getByTestId('product-name').waitFor();
    await page.getByTestId('add-to-cart').click();
    await page.getByTestId('drawer-switch').click();
    await page.getByTestId('happening').first().waitFor();
    await expectNoViolation(page);
    await page.getByTestId('drawer-close').click();
    await page.getByTestId('account-name').click();
    await page.getByTestId('pref-email').waitFor();
    await expectNoViolation(page);
    await page.getByTestId('cart-link').click();
    await page.getByTestId('checkout').click();
    await page.getByTestId('buy').waitFor();
    await page.getByTestId('privacy').click();
    await page.getByTestId('consent').waitFor();
    await expectNoViolation(page);
  });

  it('every page of the sandbox can be used with assistive technology', async () => {
    const { page } = await stage.newVisitor(habits);
    for (const path of SANDBOX) {
      await page.goto(`${stage.system.url}/sandbox${path}`);
      await page.locator('#live[data-state=live]').waitFor();
      await expectNoViolation(page);
    }
    expect(await page.locator('html').getAttribute('lang')).toBe(habits.locale.slice(0, 2));
  });
});

it('the shop and the sandbox fit a narrow screen', async () => {
  const { page } = await stage.newVisitor({ viewport: { width: 360, height: 740 } });
  const paths = [...SHOP.map((path) => `/shop${path || '/'}`), ...SANDBOX.map((path) => `/sandbox${path}`)];
  for (const path of paths) {
    await page.goto(stage.system.url + path);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    const beyond = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect([path, beyond <= 0]).toEqual([path, true]);
  }
});
