import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { expectNoViolation } from './expect-accessible.js';
import { Shop } from './shop.js';
import { Stage } from './stage.js';

jest.setTimeout(120_000);

/** Long enough for a customer who hurries on a slow computer. */
const CART_MAIL_AFTER = 20;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
  await stage.hub.apply(await configuration());
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

/**
 * The demo's own, with a shorter wait, and with an offer by e-mail that anybody may get whenever the reaction is due:
 * nothing but the purchase itself can then hold the mail back.
 */
async function configuration(): Promise<string> {
  const demo = await readFile(join(__dirname, '../../core/seed/demo.yaml'), 'utf8');
  const content = '{ subject: Greetings, html: <p>Good to have you.</p> }';
  return demo
    .replace('after: 1h', `after: ${CART_MAIL_AFTER}s`)
    .replace('    when: profile.computed.cart_items > 0\n', '')
    .replace(
      '\ntreatments:\n',
      `  - { key: greeting, name: Greeting, value: 1, currency: USD }\n
treatments:
  - { key: greeting.email, offer: greeting, channel: email, zones: [email.main], content: ${content} }\n`,
    );
}

/** Somebody new comes to the shop. */
async function newCustomer(): Promise<Shop> {
  const { page } = await stage.newVisitor();
  const shop = new Shop(page, stage.system.url);
  await shop.enter();
  return shop;
}

/** Somebody whose browser has an id for the shop and has not been there yet. */
async function newVisitorOutside(): Promise<Shop> {
  const { system } = stage;
  const { page } = await stage.newVisitor();
  await page.goto(`${system.url}/sandbox`);
  const key = `repartee:${system.keys.write}:anonymousId`;
  await page.evaluate(`localStorage.setItem(${JSON.stringify(key)}, '${randomUUID()}')`);
  return new Shop(page, system.url);
}

/** Neither the shop's public key nor a session of the device opens the profile or a decision about the person. */
async function expectNothingTold(
  anonymousId: string,
  profiles: string[],
  persons: Record<string, string>[],
): Promise<void> {
  const { url, keys } = stage.system;
  const ask = (path: string, authorization: string, body?: object): Promise<Response> =>
    fetch(`${url}${path}`, {
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
  const publicKey = `Basic ${Buffer.from(`${keys.write}:`).toString('base64')}`;
  const opened = await ask('/v1/web/session', publicKey, { anonymousId });
  const session = (await opened.json()) as { token: string; profileId: string | null };
  expect(session.profileId).toBeNull();
  const answers = [publicKey, `Bearer ${session.token}`].flatMap((authorization) => [
    ...profiles.map((reference) => ask(`/v1/profiles/${encodeURIComponent(reference)}`, authorization)),
    ...persons.map((identifiers) =>
      ask('/v1/decisions', authorization, { identifiers, channel: 'web', zones: [{ zone: 'home.hero' }] }),
    ),
  ]);
  for (const { status } of await Promise.all(answers)) expect([401, 403]).toContain(status);
}

function newEmail(name: string): string {
  return `${name}+${randomUUID().slice(0, 8)}@example.org`;
}

async function eventNames(reference: string): Promise<string[]> {
  const timeline = await stage.hub.timeline(reference);
  return timeline.flatMap(({ kind, data }) => (kind === 'event' && data.name ? [data.name] : []));
}

describe('the shop', () => {
  it('turns a cart left behind into an offer; once bought, the e-mail about it is not sent', async () => {
    const { hub, mailbox } = stage;
    const [ann, carl] = await Promise.all([newCustomer(), newCustomer()]);
    const [annsMail, carlsMail] = [newEmail('ann'), newEmail('carl')];
    await carl.signIn(carlsMail);

    // A stranger browses, fills a cart and leaves it.
    for (const product of ['ridge', 'cone-dripper', 'pocket-scale']) await ann.look(product);
    await ann.goHome();
    expect(await ann.hero.getAttribute('data-offer')).not.toBe('cart-tasting-pack');
    await ann.putInCart('harbour');
    const cartFilled = performance.now();
    const carlsCart = carl.putInCart('ridge');
    await ann.look('moka-pot');
    await ann.goHome();
    await ann.heroWith('cart-tasting-pack').waitFor();
    const device = `anonymous_id:${await ann.anonymousId()}`;
    const stranger = await hub.profile(device);
    expect(stranger?.identifiers.map(({ namespace }) => namespace)).toEqual(['anonymous_id']);
    expect((await eventNames(device)).filter((name) => name === 'Product Viewed')).toHaveLength(5);

    // She signs in: what she did before is hers.
    await ann.signIn(annsMail);
    const person = await eventually('her profile', () => hub.profile(`email:${annsMail}`));
    expect(person.traits).toMatchObject({ email: annsMail, name: 'Ann' });
    expect((await hub.profile(device))?.id).toBe(person.id);
    expect((await eventNames(person.id)).filter((name) => name === 'Product Viewed')).toHaveLength(5);

    // She takes the offer up and buys.
    await ann.goHome();
    await ann.heroWith('cart-tasting-pack').getByTestId('hero-accept').click();
    await ann.page.getByTestId('hero-used').waitFor();
    const orderId = await ann.buy();
    await eventually('the order on her timeline', async () =>
      (await eventNames(person.id)).includes('Order Completed'),
    );
    // Otherwise the mail would rightly be on its way.
    expect((performance.now() - cartFilled) / 1000).toBeLessThan(CART_MAIL_AFTER);
    const timeline = await hub.timeline(person.id);
    expect(timeline.filter(({ kind }) => kind === 'response').map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ type: 'accept', offer: 'cart-tasting-pack' }),
    );
    expect(timeline.find(({ data }) => data.name === 'Order Completed')?.data).toMatchObject({
      properties: { order_id: orderId, coupon: 'cart-tasting-pack' },
    });

    // Carl, whose cart was filled later and who bought nothing, gets the mail that she would have got before him.
    await carlsCart;
    const [mail] = await eventually(
      'the mail about the cart left behind',
      async () => {
        const mails = await mailbox.to(carlsMail);
        return mails.length > 0 && mails;
      },
      60_000,
    );
    expect(mail?.subject).toBe('You left something on the shelf, Carl');
    await carl.page.goto(`${stage.system.url}/sandbox?q=${encodeURIComponent(carlsMail)}`);
    await carl.page.getByTestId('mail').getByRole('link').click();
    await carl.page.getByTestId('subject').getByText('You left something on the shelf, Carl').waitFor();
    expect(await mailbox.to(annsMail)).toEqual([]);
    const mails = (await hub.deliveries(person.id)).filter(({ channel }) => channel === 'email');
    expect(mails).toEqual([]);
  });

  it.each([
    ['a device that browsed before', true],
    ['a device that says nothing else first', false],
  ])('shows nothing of a person to somebody who merely claims to be her, on %s', async (_, browses) => {
    const { hub } = stage;
    const [olivia, mallory] = await Promise.all([newCustomer(), newVisitorOutside()]);
    const email = newEmail('olivia');
    await olivia.signIn(email);
    await olivia.putInCart('field-press');
    await olivia.goHome();
    await olivia.heroWith('cart-tasting-pack').waitFor();
    const owner = await eventually('her profile', () => hub.profile(`email:${email}`));
    const userId = owner.identifiers.find(({ namespace }) => namespace === 'user_id')?.value;

    // With all that a browser can say: her user id, her e-mail, and a name that is not hers.
    if (browses) {
      await mallory.enter();
      await mallory.hero.waitFor();
    }
    const anonymousId = await mallory.anonymousId();
    const claim = {
      anonymousId,
      userId,
      traits: { email, name: 'Mallory' },
      writeKey: stage.system.keys.write,
    };
    const answer = await mallory.page.evaluate<{ visible: boolean }>(
      `fetch('/v1/identify', {
        method: 'POST',
        headers: { 'content-type': 'application/json', prefer: 'visible, wait=10' },
        body: ${JSON.stringify(JSON.stringify(claim))},
      }).then((response) => response.json())`,
    );
    expect(answer).toMatchObject({ success: true, visible: true });

    await mallory.enter();
    await mallory.hero.waitFor();
    expect(await mallory.anonymousId()).toBe(anonymousId);
    expect(['', 'fresh-grind']).toContain(await mallory.hero.getAttribute('data-offer'));
    await mallory.look('ridge');
    await mallory.goHome();
    expect(['', 'fresh-grind']).toContain(await mallory.hero.getAttribute('data-offer'));
    expect(await mallory.page.getByTestId('account-name').count()).toBe(0);
    expect(await mallory.page.locator('body').innerText()).not.toMatch(/olivia/i);
    await expectNothingTold(anonymousId, [owner.id, `email:${email}`], [{ email }, { userId: userId ?? '' }]);
    // And she is still who she was.
    expect((await hub.profile(owner.id))?.traits).toMatchObject({ email, name: 'Olivia' });
  });

  it('can be used with assistive technology', async () => {
    const shop = await newCustomer();
    await shop.hero.waitFor();
    await expectNoViolation(shop.page);
    await shop.putInCart('gooseneck-kettle');
    await expectNoViolation(shop.page);
    await shop.page.getByTestId('cart-link').click();
    await shop.page.getByTestId('cart-lines').waitFor();
    await expectNoViolation(shop.page);
  });
});
