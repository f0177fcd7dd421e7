import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { KioskScreen } from './kiosk.js';
import { Desk, knownPerson } from './desk.js';
import { Shop } from './shop.js';
import { Stage } from './stage.js';

jest.setTimeout(180_000);

/** `npm run screenshots` writes the pictures of README and guides; every test run sees that they can be taken. */
const FOLDER = join(__dirname, '../../../docs/images');
const WRITES = process.env['REPARTEE_SCREENSHOTS'] !== undefined;
const PHONE = '+12065550142';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready');
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  expect(picture.length).toBeGreaterThan(10_000);
  if (WRITES) await writeFile(join(FOLDER, `${name}.png`), picture);
}

async function enterSandbox(page: Page, room: string): Promise<void> {
  await page.goto(`${stage.system.url}/sandbox${room}`);
  await page.locator('#live[data-state=live]').waitFor();
}

it('the shop', async () => {
  const { page } = await stage.newVisitor();
  const shop = new Shop(page, stage.system.url);
  await shop.enter();
  await shop.hero.waitFor();
  await take(page, 'shop');
  await shop.enter('/c/cameras');
  await page.getByTestId('product-field-35').waitFor();
  await take(page, 'shop-cameras');
  await shop.signInAs('ann', '/p/field-35');
  await page.getByTestId('drawer-switch').click();
  await page.getByTestId('happening').first().waitFor();
  await page.getByTestId('drawer').getByText('Product Viewed').waitFor();
  await take(page, 'shop-drawer');
  await page.getByTestId('drawer-close').click();
  await page.getByTestId('account-name').click();
  await page.getByTestId('pref-email').waitFor();
  await take(page, 'shop-account');
});

it('the shop in Russian, in the dark', async () => {
  const { page } = await stage.newVisitor({ locale: 'ru-RU', colorScheme: 'dark' });
  const shop = new Shop(page, stage.system.url);
  await shop.enter();
  await shop.hero.waitFor();
  await take(page, 'shop-dark');
});

it('the sandbox', async () => {
  const { page } = await stage.newVisitor();
  await stage.hub.post('/v1/messages', {
    identifiers: { email: 'ann@fieldnote.example' },
    channel: 'email',
    template: 'cart-tasting-pack.email',
    class: 'transactional',
  });
  await enterSandbox(page, '');
  await page.getByTestId('mail').first().getByRole('link').click();
  await page.frameLocator('[data-testid=html]').getByText('So is a tasting pack.').waitFor();
  await take(page, 'mailbox');

  await stage.hub.post('/v1/messages', {
    identifiers: { userId: 'customer-ann' },
    channel: 'sms',
    template: 'saturday-cupping.sms',
    class: 'transactional',
  });
  await enterSandbox(page, `/phones/${encodeURIComponent(PHONE)}`);
  await page.locator('[data-testid=text][data-status=delivered]').first().waitFor();
  await take(page, 'sandbox-phones');

  await enterSandbox(page, '/calls');
  await page.getByTestId('ring').click();
  await page.getByTestId('call').first().waitFor();
  await take(page, 'sandbox-calls');
  await enterSandbox(page, '/clock');
  await page.getByTestId('forward-1h').click();
  await page.locator('#moved').getByText('It is now').waitFor();
  await take(page, 'sandbox-clock');
  await enterSandbox(page, '/faults');
  await page.getByTestId('smtp-slow').waitFor();
  await take(page, 'sandbox-faults');
  await enterSandbox(page, '/story');
  await page.getByTestId('step-look').waitFor();
  await take(page, 'sandbox-story');
});

it('the kiosk', async () => {
  const { page } = await stage.newVisitor();
  const kiosk = new KioskScreen(page, stage.system.url);
  await kiosk.pair(stage.hub, { zones: ['kiosk.main'] });
  await kiosk.lookAround();
  const offer = page.locator('.offer').first();
  await offer.locator('.ui-button[data-look=primary]').click();
  await offer.locator('.voucher').waitFor();
  await take(page, 'kiosk');
});

it('the desk of an agent, and the board', async () => {
  const ann = await knownPerson(stage);
  await ann.track('Product Viewed', { name: 'Hand grinder', product_id: 'g' });
  await ann.track('Product Added', { name: 'Hand grinder', product_id: 'g', price: 59, quantity: 1 });
  const { page } = await openDesk(ann.phone);
  await take(page, 'desk');
  await page.locator('.places button').nth(1).click();
  await page.getByTestId('figures').waitFor();
  await take(page, 'desk-board');
});

async function openDesk(number: string): Promise<Desk> {
  const desk = await Desk.open(stage, { agent: 'supervisor@example.test' });
  await desk.ring('pictured', number);
  await desk.verify();
  await desk.page.getByTestId('offer-coffee-plan').waitFor();
  return desk;
}
