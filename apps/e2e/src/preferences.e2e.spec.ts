import { eventually } from './eventually.js';
import { Shop } from './shop.js';
import { Stage } from './stage.js';

jest.setTimeout(120_000);

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

async function enter(): Promise<Shop> {
  const { page } = await stage.newVisitor();
  return new Shop(page, stage.system.url);
}

describe('a customer’s account', () => {
  it('takes a consent back, and the next mail heeds it', async () => {
    const shop = await enter();
    const { page } = shop;
    await shop.signInAs('mali', '/account');
    await page.getByTestId('pref-email').uncheck();
    await page.getByTestId('preferences-said').getByText('Saved.').waitFor();
    const profile = await stage.hub.profile('email:mali@fieldnote.example');
    expect(profile?.consents['email']).toMatchObject({ status: 'denied' });
    const { deliveryId } = await stage.hub.post<{ deliveryId: string }>('/v1/messages', {
      identifiers: { email: 'mali@fieldnote.example' },
      channel: 'email',
      template: 'cart-tasting-pack.email',
      class: 'marketing',
    });
    await eventually('the mail to be held back', async () => {
      const { status } = await stage.hub.delivery(deliveryId);
      return status === 'suppressed';
    });
    await page.reload();
    expect(await page.getByTestId('pref-email').isChecked()).toBe(false);
    await page.getByTestId('pref-email').check();
    await eventually('the consent', async () => {
      const profile = await stage.hub.profile('email:mali@fieldnote.example');
      return profile?.consents['email']?.status === 'granted';
    });
  });

  it('lists what was bought', async () => {
    const shop = await enter();
    await shop.enter();
    await shop.signIn(`buyer-${Date.now()}@example.org`);
    await shop.putInCart('stone-mug');
    const orderId = await shop.buy();
    await shop.page.getByTestId('account-name').click();
    await shop.page.getByTestId('orders').getByText(orderId).waitFor();
    await shop.page.getByTestId('orders').getByText('1 × Stone Mug').waitFor();
  });
});

describe('what just happened', () => {
  it('shows events, record and decisions while they happen', async () => {
    const shop = await enter();
    const { page } = shop;
    await shop.enter();
    await page.getByTestId('drawer-switch').click();
    const drawer = page.getByTestId('drawer');
    await page.getByTestId('product-ridge').getByRole('link').click();
    await drawer.getByText('Product Viewed').waitFor();
    await page.getByTestId('add-to-cart').click();
    await drawer.getByText('Product Added').waitFor();
    await drawer.getByRole('tab', { name: 'Record' }).click();
    await drawer.getByTestId('record').getByText('cart_items').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  it('shows a stranger nothing of a customer who has left', async () => {
    const shop = await enter();
    const { page } = shop;
    await shop.signInAs('carl', '/p/harbour');
    const anonymousId = await shop.anonymousId();
    await eventually('the record', async () => {
      const profile = await stage.hub.profile(`anonymous_id:${anonymousId}`);
      return profile?.traits['name'] === 'Carl Berg';
    });
    const path = `/shop/api/happenings?anonymousId=${anonymousId}`;
    const told = await page.context().browser()?.newContext();
    const stranger = await told?.newPage();
    await stranger?.goto(`${stage.system.url}/shop/`);
    const first = await stranger?.evaluate<string>(
      `new Promise((heard) => new EventSource('${path}').addEventListener('happening', ({ data }) => heard(data)))`,
    );
    expect(first).toBe('null');
    await told?.close();
  });
});
