import type { BrowserContext, Page, Request } from 'playwright-core';
import { eventually } from './eventually.js';
import { type SdkSite, serveSdkSite } from './sdk-site.js';
import { Shop } from './shop.js';
import { Stage } from './stage.js';

jest.setTimeout(120_000);

const ZONE = `<section data-repartee-zone="home.hero">
<h2 data-repartee="headline">Welcome</h2><p data-repartee="body">Our own words</p>
<a data-repartee="cta" href="/plain">Look</a> <b data-repartee="countdown"></b>
</section>`;

/**
 * So far apart that nothing learned on the way, and no try of something new, changes which of them is shown: one only in
 * answer to a reaction, and the other worth ten thousand times what the demo offers for the same zone.
 */
const TRAIL = `
version: 1
offers:
  - { key: trail-tea, name: Trail tea, value: 1000000, currency: USD, limited: { lasts: 1h }, repeatable: true }
  - { key: trail-push, name: Trail push, value: 1000000, currency: USD, repeatable: true,
      eligibility: has(context.reaction), contextWeights: [{ when: has(context.reaction), weight: 1000 }] }
treatments:
  - { key: trail-tea.hero, offer: trail-tea, channel: web, zones: [home.hero], content: { headline: Trail tea, body: It is hot, cta: { label: Drink, url: /tea } } }
  - { key: trail-push.hero, offer: trail-push, channel: web, zones: [home.hero], content: { headline: Just for you } }
reactions:
  - { key: trail, on: { event: Wanted More }, action: { channel: web, zone: home.hero } }
`;

let stage: Stage;
let site: SdkSite;

beforeAll(async () => {
  stage = await Stage.open();
  const { url } = stage.system;
  site = await serveSdkSite('live-page', {
    body: ZONE,
    worker: 'live-worker',
    policy:
      `default-src 'none'; script-src 'self'; worker-src 'self'; connect-src ${url}; ` +
      "require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'",
  });
});
afterEach(() => stage?.clear());
afterAll(async () => {
  await site?.close();
  await stage?.close();
});

/** A site of its own, with a key for its origin; and somebody on it. */
async function visit(source: string, flags = ''): Promise<{ page: Page; address: string }> {
  await stage.hub.apply(TRAIL);
  const body = { kind: 'public', name: source, source, allowedOrigins: [site.origin] };
  const { key } = await stage.hub.post<{ key: string }>('/v1/keys', body);
  const { page } = await stage.newVisitor();
  const address = `${site.origin}/?hub=${encodeURIComponent(stage.system.url)}&writeKey=${key}${flags}`;
  return { page, address };
}

/** The person does something that a reaction answers to. */
async function wantMore(page: Page): Promise<void> {
  await page.evaluate(`repartee.track('Wanted More'), repartee.flush()`);
}

function requestsOf(context: BrowserContext, path: string): Request[] {
  const seen: Request[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === path) seen.push(request);
  });
  return seen;
}

const headline = (page: Page) => page.getByRole('heading', { level: 2 });

describe('the web SDK on somebody’s site', () => {
  it('fills zones under a strict policy, and lets the time of a limited offer run', async () => {
    const { page, address } = await visit('live-policy');
    await page.goto(address);
    await headline(page).getByText('Trail tea').waitFor();
    expect(await page.getByText('It is hot').isVisible()).toBe(true);
    expect(await page.getByRole('link').getAttribute('href')).toBe('/tea');
    const clock = page.locator('[data-repartee=countdown]');
    const first = (await clock.textContent()) ?? '';
    expect(first).toMatch(/^(59:\d\d|1:00:00)$/);
    await eventually('the clock to go on', async () => (await clock.textContent()) !== first);
  });

  it('shows what is pushed without a reload', async () => {
    const { page, address } = await visit('live-push');
    const streams = requestsOf(page.context(), '/v1/stream');
    await page.goto(address);
    await headline(page).getByText('Trail tea').waitFor();
    await eventually('the stream', () => streams.length > 0);
    await wantMore(page);
    await headline(page).getByText('Just for you').waitFor();
  });

  it.each([
    ['a lock', ''],
    ['a shared worker', '&worker'],
  ])('shares one stream between tabs by %s', async (how, flags) => {
    const { page, address } = await visit(`live-tabs-${how.replaceAll(' ', '-')}`, flags);
    const context = page.context();
    const tickets = requestsOf(context, '/v1/stream/tickets');
    await page.goto(address);
    await headline(page).getByText('Trail tea').waitFor();
    const second = await context.newPage();
    await second.goto(address);
    await headline(second).getByText('Trail tea').waitFor();
    await eventually('a ticket', () => tickets.length > 0);
    await wantMore(second);
    await Promise.all([page, second].map((tab) => headline(tab).getByText('Just for you').waitFor()));
    expect(tickets.filter((request) => request.method() === 'POST')).toHaveLength(1);
  });

  it('hands the stream on when the tab that held it is closed', async () => {
    const { page, address } = await visit('live-closed');
    const context = page.context();
    const tickets = requestsOf(context, '/v1/stream/tickets');
    await page.goto(address);
    await eventually('a ticket', () => tickets.length > 0);
    const second = await context.newPage();
    await second.goto(address);
    await headline(second).getByText('Trail tea').waitFor();
    await page.close();
    await eventually('another ticket', () => tickets.length > 1);
    await wantMore(second);
    await headline(second).getByText('Just for you').waitFor();
  });

  it('sends and stores nothing before consent', async () => {
    const { page, address } = await visit('live-consent', '&consent');
    const sent: string[] = [];
    page.context().on('request', (request) => {
      if (request.url().startsWith(stage.system.url)) sent.push(request.url());
    });
    await page.goto(address);
    await page.evaluate(`repartee.track('Looked Around')`);
    await page.evaluate(`history.pushState({}, '', '/elsewhere')`);
    await headline(page).getByText('Welcome').waitFor();
    const stored = `[localStorage.length, sessionStorage.length, document.cookie]`;
    expect([sent, await page.evaluate(stored)]).toEqual([[], [0, 0, '']]);
    await page.evaluate(`repartee.consent.update({ analytics: true, marketing: false })`);
    await headline(page).getByText('Trail tea').waitFor();
    const events = await eventually('the events', async () => {
      const found = await stage.hub.events('live-consent');
      return found.length >= 3 && found;
    });
    expect(events.map(({ name }) => name)).toContain('Segment Consent Preference Updated');
  });

  it('counts routes of a single page as pages, and asks again', async () => {
    const { page, address } = await visit('live-routes');
    const decisions = requestsOf(page.context(), '/v1/decisions');
    await page.goto(address);
    await headline(page).getByText('Trail tea').waitFor();
    const before = decisions.length;
    await page.evaluate(`history.pushState({}, '', '/second')`);
    await eventually('the next question', () => decisions.length > before);
    await page.goBack();
    await page.evaluate(`repartee.flush()`);
    const paths = await eventually('three pages', async () => {
      const events = await stage.hub.events('live-routes');
      const pages = events.filter(({ type }) => type === 'page');
      return pages.length >= 3 && pages.map(({ payload }) => pathOf(payload));
    });
    expect(paths).toEqual(['/', '/second', '/']);
  });

  it('shows what it hid, though the next route comes before the first answer', async () => {
    const { page, address } = await visit('live-overtaken');
    const decisions = requestsOf(page.context(), '/v1/decisions');
    const answers: (() => Promise<void>)[] = [];
    await page.route('**/v1/decisions', (route) => void answers.push(() => route.continue()));
    await page.goto(address);
    await eventually('the first question', () => decisions.length > 0);
    await page.evaluate(`history.pushState({}, '', '/next')`);
    await eventually('both questions', () => answers.length > 1);
    for (const answer of answers) {
      const answered = page.waitForResponse('**/v1/decisions');
      await answer();
      await (await answered).finished();
    }
    await headline(page).getByText('Trail tea').waitFor();
  });

  it('works where storage is barred', async () => {
    const { page, address } = await visit('live-barred');
    await page.addInitScript(`for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(globalThis, name, { get() { throw new DOMException('barred', 'SecurityError'); } });`);
    await page.goto(address);
    await headline(page).getByText('Trail tea').waitFor();
    await wantMore(page);
    await headline(page).getByText('Just for you').waitFor();
  });
});

function pathOf(payload: Record<string, unknown>): string | undefined {
  return (payload['context'] as { page?: { path?: string } } | undefined)?.page?.path;
}

describe('the demo shop', () => {
  it('brings an offer into the open cart, and its time runs', async () => {
    const { page } = await stage.newVisitor();
    const shop = new Shop(page, stage.system.url);
    await shop.enter();
    await shop.putInCart('ridge');
    await page.getByTestId('cart-link').click();
    const note = page.getByTestId('cart-note');
    await note.getByText('Order now and it ships for free.').waitFor();
    expect(await note.getByTestId('countdown').textContent()).toMatch(/^1[45]:\d\d$/);
    await page.getByTestId('cart-note-accept').click();
    await page.getByTestId('cart-note-used').waitFor();
  });

  it('asks before it records, where it is told to', async () => {
    const { page } = await stage.newVisitor();
    const sent: string[] = [];
    page.on('request', (request) => {
      if (/\/v1\//.test(request.url())) sent.push(request.url());
    });
    const shop = new Shop(page, stage.system.url);
    await shop.enter('/?consent=ask');
    await page.getByTestId('consent').waitFor();
    expect([sent, await shop.anonymousId()]).toEqual([[], '']);
    await page.getByTestId('consent-yes').click();
    await eventually('the first event', () => sent.length > 0);
  });
});
