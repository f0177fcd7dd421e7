import type { Page } from 'playwright-core';
import { eventually } from './eventually.js';
import { expectNoViolation } from './expect-accessible.js';
import { everythingKept, type KioskPlace, KioskScreen } from './kiosk.js';
import { Stage } from './stage.js';

jest.setTimeout(180_000);

const HALL = `
version: 1
zones:
  - { key: kiosk.hall, channel: kiosk }
  - { key: sms.codes, channel: sms }
offers:
  - { key: hall-tea, name: Tea for two, value: 1000, currency: USD, repeatable: true }
  - { key: hall-hour, name: The happy hour, value: 100, currency: USD, repeatable: true, limited: { lasts: 70m } }
  - { key: hall-code, name: Code, value: 1, currency: USD, repeatable: true }
treatments:
  - key: hall-tea.kiosk
    offer: hall-tea
    channel: kiosk
    zones: [kiosk.hall]
    content:
      headline: 'Tea for two, {{ profile.traits.firstName | default: "stranger" }}?'
      body: Try it at the counter.
      voucher: { text: Show this at the counter., code: TEA-2 }
      terms: While stocks last.
  - { key: hall-hour.kiosk, offer: hall-hour, channel: kiosk, zones: [kiosk.hall], content: { headline: Happy hour } }
  - { key: kiosk.code, offer: hall-code, channel: sms, zones: [sms.codes], content: { body: 'Your code is {{ data.code }}' } }
`;
const ZONES = ['kiosk.hall'];

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
  await stage.hub.apply(HALL);
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

/** A kiosk that was let in, and what went wrong in it. */
async function kioskIn(place: KioskPlace = { zones: ZONES }) {
  const { page, troubles } = await stage.newVisitor();
  const kiosk = new KioskScreen(page, stage.system.url);
  await kiosk.pair(stage.hub, place);
  return { page, kiosk, troubles };
}

/** What a browser says of answers that are part of the story. */
function forgive(troubles: string[], expected: RegExp): void {
  const others = troubles.filter((trouble) => !expected.test(trouble));
  troubles.splice(0, troubles.length, ...others);
}

async function texts(phone: string): Promise<string[]> {
  const answer = await fetch(`${stage.system.url}/sandbox/api/phones/${encodeURIComponent(phone)}`);
  const { texts: found } = (await answer.json()) as { texts: { text: string }[] };
  return found.map(({ text }) => text);
}

async function showIn(page: Page, locale: string, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.evaluate(`localStorage.setItem('repartee-locale', '${locale}')`);
  await page.reload();
}

describe('a kiosk', () => {
  it('shows its zones, takes an answer, and prints', async () => {
    const source = 'kiosk-answers';
    await stage.hub.post('/v1/keys', { kind: 'public', name: source, source, allowedOrigins: [] });
    const { page, kiosk } = await kioskIn({ zones: ZONES, source });
    await page.evaluate('window.print = () => { window.printed = true; }');
    await kiosk.lookAround();
    const tea = kiosk.offer('hall-tea');
    await tea.getByText('Tea for two, stranger?').waitFor();
    await tea.getByRole('button', { name: 'I’d like that' }).click();
    await tea.getByText('TEA-2').waitFor();
    await page.getByRole('button', { name: 'Print' }).click();
    expect(await page.evaluate('window.printed')).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await kiosk.offer('hall-hour').isVisible()).toBe(false);
    expect(await tea.getByText('TEA-2').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await kiosk.end();
    const names = await eventually('the answer', async () => {
      const events = await stage.hub.events(source);
      const found = events.map(({ name }) => name);
      return found.includes('Offer Accepted') && found;
    });
    expect(names.filter((name) => name === 'Offer Accepted')).toHaveLength(1);
    const { items } = await stage.hub.get<{ items: { health: { waiting: number } | null }[] }>('/v1/devices');
    expect(items.some(({ health }) => health !== null)).toBe(true);
  });

  it('hears a reader that types like a keyboard; a card alone reveals nobody', async () => {
    const { page, kiosk } = await kioskIn();
    await kiosk.beginButton.click();
    await page.getByText('Hold your card to the reader at any time.').waitFor();
    await kiosk.readCard('4006381333931');
    await kiosk.offer('hall-tea').getByText('stranger').waitFor();
    await kiosk.end();
  });

  it('goes on for an hour without a network, reloaded too, and catches up in order', async () => {
    const source = 'kiosk-offline';
    await stage.hub.post('/v1/keys', { kind: 'public', name: source, source, allowedOrigins: [] });
    const { page, troubles } = await stage.newVisitor();
    await page.clock.install();
    const kiosk = new KioskScreen(page, stage.system.url);
    await kiosk.pair(stage.hub, { zones: ZONES, source, idleSeconds: 3600 });
    const context = page.context();
    await page.evaluate('navigator.serviceWorker.ready');
    // Offers for strangers are there once no more visits are begun for them.
    await eventually('spare offers', async () => {
      const { items } = await stage.hub.get<{ items: unknown[] }>('/v1/devices');
      const kept = await page.evaluate<number>(`new Promise((resolve) => {
        const opening = indexedDB.open('repartee-kiosk');
        opening.onsuccess = () => {
          const reading = opening.result.transaction('values').objectStore('values').get('spares');
          reading.onsuccess = () => { opening.result.close(); resolve(reading.result?.data.byteLength ?? 0); };
        };
      })`);
      return items.length > 0 && kept > 4_000;
    });
    await context.setOffline(true);
    await page.reload();
    await kiosk.lookAround();
    await kiosk.network.getByText('No network just now').waitFor();
    expect(await page.getByRole('button', { name: 'Take it with you' }).isDisabled()).toBe(true);
    await kiosk.offer('hall-tea').getByRole('button', { name: 'I’d like that' }).click();
    await kiosk.offer('hall-tea').getByText('TEA-2').waitFor();
    await kiosk.end();

    await page.clock.fastForward('59:00');
    await kiosk.lookAround();
    await kiosk.offer('hall-hour').getByText('Happy hour').waitFor();
    await kiosk.offer('hall-tea').getByRole('button', { name: 'I’d like that' }).click();
    await kiosk.end();
    // The hour is over: what was signed for 70 minutes is shown no more, whatever the device's clock says.
    await page.clock.fastForward('20:00');
    await page.clock.setSystemTime(Date.now() - 86_400_000);
    await kiosk.lookAround();
    await kiosk.offer('hall-tea').waitFor();
    expect(await kiosk.offer('hall-hour').count()).toBe(0);
    await kiosk.end();

    await context.setOffline(false);
    await page.clock.fastForward('00:10');
    await page
      .locator('[data-testid=network][data-online=true][data-waiting="0"]')
      .waitFor({ state: 'attached' });
    const events = (await stage.hub.events(source)).filter(
      ({ payload }) => payload.anonymousId !== undefined,
    );
    const accepted = events.filter(({ name }) => name === 'Offer Accepted');
    expect(accepted).toHaveLength(2);
    const [first, second] = accepted.map(({ payload }) => payload.anonymousId);
    expect(first).not.toBe(second);
    expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(events.length);
    forgive(troubles, /ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  });

  it('forgets everything of a visitor, and stays paired', async () => {
    const phone = '+14155550142';
    await stage.hub.post('/v1/identify', { userId: 'wipe-1', traits: { phone, firstName: 'Annabel' } });
    const { page, kiosk, troubles } = await kioskIn({ zones: ZONES, idleSeconds: 40 });
    const secrets: string[] = [];
    page.on('response', (response) => {
      if (!/\/visits(\/[\w-]+\/(touch|proof))?$/.test(response.url())) return;
      void response
        .json()
        .then(({ anonymousId, token }: { anonymousId?: string; token?: string }) => {
          if (anonymousId !== undefined && token !== undefined) secrets.push(anonymousId, token);
        })
        .catch(() => undefined);
    });
    await kiosk.beginButton.click();
    await page.getByRole('button', { name: 'Phone number' }).click();
    await page.getByLabel('Phone number with country code').fill(phone);
    await page.getByRole('button', { name: 'Send the code' }).click();
    const code = await eventually(
      'the text',
      async () => /\d{6}$/.exec((await texts(phone)).at(-1) ?? '')?.[0],
    );
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    await page.getByLabel(/Six digits/).fill(wrong);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('4 tries left').waitFor();
    await page.getByLabel(/Six digits/).fill(code);
    await page.getByRole('button', { name: 'Go on' }).click();
    const tea = kiosk.offer('hall-tea');
    await tea.getByText('Tea for two, Annabel?').waitFor();
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitem', { name: 'ไทย' }).click();
    await tea.getByRole('button', { name: 'ฉันสนใจ' }).click();
    // Nobody touches the screen: a warning of 20 seconds, one tap, and later the end.
    const warning = page.getByRole('dialog', { name: 'คุณยังอยู่ไหม' });
    await warning.waitFor();
    const left = Number(/\d+/.exec((await page.getByTestId('idle-left').textContent()) ?? '')?.[0]);
    // Twenty seconds, less what a busy machine took to look.
    expect(left).toBeGreaterThanOrEqual(10);
    expect(left).toBeLessThanOrEqual(20);
    await expectNoViolation(page);
    await warning.getByRole('button', { name: 'ฉันยังอยู่' }).click();
    await warning.waitFor({ state: 'hidden' });
    await warning.waitFor();
    await kiosk.beginButton.waitFor({ timeout: 60_000 });
    await page.getByText('Everything of your visit was erased.').waitFor();

    const kept = await everythingKept(page);
    expect(secrets.length).toBeGreaterThan(3);
    const personal = [...secrets, 'Annabel', phone, phone.slice(1), code, 'wipe-1'];
    expect(personal.filter((one) => kept.includes(one))).toEqual([]);
    expect(kept).toContain('key, extractable: false');
    const plain = '[localStorage.length, sessionStorage.length, document.cookie]';
    expect(await page.evaluate(plain)).toEqual([0, 0, '']);
    await page.reload();
    await kiosk.beginButton.waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    forgive(troubles, /status of (422|410)/);
  });

  it('hands a visit over to a phone, once', async () => {
    const { page, kiosk, troubles } = await kioskIn();
    await kiosk.lookAround();
    await kiosk.offer('hall-tea').getByRole('button', { name: 'I’d like that' }).click();
    await page.getByRole('button', { name: 'Take it with you' }).click();
    await page.getByRole('img', { name: 'Take it with you' }).waitFor();
    const address = (await page.getByTestId('take-code').getAttribute('data-url')) ?? '';
    expect(address).toMatch(/\/kiosk\/continue#rp_qr_[\w-]+$/);

    const { page: phone } = await stage.newVisitor();
    await phone.setViewportSize({ width: 390, height: 844 });
    const path = new URL(address);
    await phone.goto(`${stage.system.url}${path.pathname}${path.hash}`);
    const brought = phone.getByTestId('brought');
    await brought.getByText('TEA-2').waitFor();
    expect(phone.url()).not.toContain('rp_qr_');
    await brought.locator('[data-offer=hall-hour]').getByRole('button').click();
    await brought.locator('[data-offer=hall-hour][data-accepted=true]').waitFor();
    await phone.reload();
    await brought.locator('[data-offer=hall-hour][data-accepted=true]').waitFor();
    for (const scheme of ['light', 'dark'] as const) {
      for (const locale of ['en', 'th', 'ru']) {
        await showIn(phone, locale, scheme);
        await brought.getByText('TEA-2').waitFor();
        await expectNoViolation(phone);
      }
    }
    await kiosk.beginButton.waitFor();
    const { page: late, troubles: lateTroubles } = await stage.newVisitor();
    await late.goto(`${stage.system.url}${path.pathname}${path.hash}`);
    await late.getByText('This code was used').waitFor();
    forgive(troubles, /status of 410/);
    forgive(lateTroubles, /status of 404/);
  });

  it('shows the same code when it starts again before it is let in', async () => {
    const { page } = await stage.newVisitor();
    const shown = page.getByTestId('pairing-code').getByText(/^[A-Z]{4}-[A-Z]{4}$/);
    await page.goto(`${stage.system.url}/kiosk/`);
    const code = await shown.textContent();
    await page.reload();
    await shown.waitFor();
    expect(await shown.textContent()).toBe(code);
    await new KioskScreen(page, stage.system.url).pair(stage.hub, { zones: ZONES });
  });

  it('pairs anew once it is shut out', async () => {
    const { page, kiosk, troubles } = await kioskIn();
    const { items } = await stage.hub.get<{ items: { id: string; revokedAt: string | null }[] }>(
      '/v1/devices',
    );
    const last = items.at(-1)?.id ?? '';
    await stage.hub.remove(`/v1/devices/${last}`);
    await page.reload();
    await page
      .getByTestId('pairing-code')
      .getByText(/^[A-Z]{4}-[A-Z]{4}$/)
      .waitFor();
    expect(await kiosk.beginButton.count()).toBe(0);
    forgive(troubles, /status of 401/);
  });

  it.each(['light', 'dark'] as const)('can be used by everybody, %s, in three languages', async (scheme) => {
    const { page } = await stage.newVisitor();
    await page.goto(`${stage.system.url}/kiosk/`);
    const kiosk = new KioskScreen(page, stage.system.url);
    for (const locale of ['en', 'th', 'ru']) {
      await showIn(page, locale, scheme);
      await page
        .getByTestId('pairing-code')
        .getByText(/^[A-Z]{4}-[A-Z]{4}$/)
        .waitFor();
      await expectNoViolation(page);
    }
    await kiosk.pair(stage.hub, { zones: ZONES });
    for (const locale of ['en', 'th', 'ru']) {
      await showIn(page, locale, scheme);
      await kiosk.beginButton.waitFor();
      await expectNoViolation(page);
      await kiosk.beginButton.click();
      await page.locator('.way').first().waitFor();
      await expectNoViolation(page);
      await page.locator('.way', { hasText: /Phone|โทรศัพท์|телефона/ }).click();
      await page.locator('.keypad').waitFor();
      await expectNoViolation(page);
      await page.locator('.identify header button').click();
      await page.locator('.way').last().click();
      await kiosk.offer('hall-tea').waitFor();
      await expectNoViolation(page);
      await page.reload();
    }
  });
});
