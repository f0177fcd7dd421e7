import type { Page } from 'playwright-core';
import { eventually } from './eventually.js';
import { expectNoViolation } from './expect-accessible.js';
import { Stage } from './stage.js';

jest.setTimeout(120_000);

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

async function open(room: string): Promise<Page> {
  const { page } = await stage.newVisitor();
  await page.goto(`${stage.system.url}/sandbox/${room}`);
  await page.locator('#live[data-state=live]').waitFor();
  return page;
}

/** Somebody whom a text may reach. */
async function person(phone: string): Promise<string> {
  const userId = `reader-${phone.slice(-4)}`;
  const traits = { phone, name: 'Rea' };
  await stage.hub.post('/v1/identify', { userId, traits }, { prefer: 'visible, wait=10' });
  return userId;
}

const text = (userId: string, messageClass: 'marketing' | 'transactional') =>
  stage.hub.post<{ deliveryId: string }>('/v1/messages', {
    identifiers: { userId },
    channel: 'sms',
    template: 'saturday-cupping.sms',
    class: messageClass,
  });

describe('a phone', () => {
  it('shows a text the moment it comes, and STOP ends the next one', async () => {
    const phone = '+12065550121';
    const userId = await person(phone);
    const page = await open('phones');
    await page.getByText('No text yet').or(page.getByTestId('phone')).first().waitFor();
    await text(userId, 'marketing');
    await page.getByTestId('phone').filter({ hasText: phone }).getByRole('link').click();
    await page.getByTestId('texts').getByText('We taste new roasts on Saturday').waitFor();
    await page.locator('[data-testid=text][data-status=delivered]').first().waitFor();
    await expectNoViolation(page);

    await page.getByTestId('answer').fill('STOP');
    await page.getByTestId('send').click();
    await page.locator('[data-testid=phone-state][data-state=opted-out]').waitFor();
    await eventually('the refusal in the golden record', async () => {
      const consents = (await stage.hub.profile(`user_id:${userId}`))?.consents ?? {};
      return Object.entries(consents).some(
        ([key, { status }]) => key.startsWith('sms') && status === 'denied',
      );
    });
    const { deliveryId } = await text(userId, 'marketing');
    await eventually('the next text to be held back', async () => {
      const { status } = await stage.hub.delivery(deliveryId);
      return status === 'suppressed';
    });
    await expectNoViolation(page);
  });

  it('is answered by keyboard alone', async () => {
    const phone = '+12065550122';
    await text(await person(phone), 'transactional');
    const page = await open('phones');
    await page.getByTestId('phone').filter({ hasText: phone }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByTestId('texts').getByText('on Saturday').first().waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('I will be there');
    await page.keyboard.press('Enter');
    await page.getByTestId('texts').getByText('I will be there').waitFor();
  });
});

describe('the call simulator', () => {
  it('rings, is answered, goes on to another queue and ends', async () => {
    const page = await open('calls');
    await page.getByTestId('who').selectOption({ label: 'Ann Lee, +12065550142' });
    await page.getByTestId('ring').click();
    const call = page.getByTestId('call').first();
    await call.getByText('rings').waitFor();
    await call.getByText(/waiting 0:0[1-9]/).waitFor();
    await call.getByTestId('answer-call').click();
    await call.getByText(/talking/).waitFor();
    await call.getByTestId('transfer-sales').click();
    await call.getByText('rings').waitFor();
    await expectNoViolation(page);
    await call.getByTestId('hang-up').click();
    await call.getByText('ended').waitFor();
  });

  it('offers a number that several share, and a withheld one', async () => {
    const page = await open('calls');
    const numbers = await page.getByTestId('who').locator('option').allTextContents();
    expect(numbers.filter((label) => label.startsWith('A number that several share'))).toHaveLength(1);
    await page.getByTestId('who').selectOption({ label: 'Withheld number' });
    await page.getByTestId('ring').click();
    await page.getByTestId('call').first().getByText('Withheld number').waitFor();
  });
});

describe('the doors of the desk', () => {
  it('sign a browser in as one of the demonstration’s accounts', async () => {
    const page = await open('calls');
    const enter = (email: string) =>
      page.evaluate<number>(
        `fetch('/sandbox/api/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email: '${email}' }) }).then(({ status }) => status)`,
      );
    await page.getByRole('button', { name: 'as agent' }).waitFor();
    expect(await enter('agent@example.test')).toBe(204);
    const me = await page.evaluate<{ account: { email: string } }>(
      `fetch('/v1/sessions/me').then((answer) => answer.json())`,
    );
    expect(me.account.email).toBe('agent@example.test');
  });
});

describe('the clock', () => {
  it('moves forward, shows in every room, and never goes back', async () => {
    const page = await open('clock');
    const before = await stage.hub.get<{ ahead: number }>('/v1/clock');
    await page.getByTestId('forward-1h').click();
    await page.locator('#moved').getByText('It is now').waitFor();
    await page.getByTestId('forward-by').fill('90m');
    await page.getByTestId('forward').click();
    const after = await eventually('the hub’s time', async () => {
      const time = await stage.hub.get<{ ahead: number }>('/v1/clock');
      return time.ahead - before.ahead === 2.5 * 3_600_000 && time;
    });
    const back = await fetch(`${stage.system.url}/sandbox/api/clock/forward`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by: '-1h' }),
    });
    expect(back.status).toBe(400);
    expect(await stage.hub.get('/v1/clock')).toMatchObject({ ahead: after.ahead });
    await page.getByRole('link', { name: 'Calls' }).click();
    await page.locator('#business-time').getByText('ahead').waitFor();
  });
});

describe('faults', () => {
  it('are switched on and off, and a mail server that says later is asked later', async () => {
    const page = await open('faults');
    await page.getByTestId('smtp-failing').check();
    await eventually('the switch', async () => (await faultsOf('smtp'))['tryLater'] === 1);
    await page.getByTestId('smtp-failing').uncheck();
    await eventually('the switch', async () => (await faultsOf('smtp'))['tryLater'] === 0);
    await page.getByTestId('twilio-silent').focus();
    await page.keyboard.press('Space');
    await eventually('the switch', async () => (await faultsOf('twilio'))['silentAfterAccept'] === 1);
    await page.reload();
    expect(await page.getByTestId('twilio-silent').isChecked()).toBe(true);
    await page.getByTestId('twilio-silent').uncheck();
    await eventually('the switch', async () => (await faultsOf('twilio'))['silentAfterAccept'] === 0);
  });
});

async function faultsOf(provider: string): Promise<Record<string, number>> {
  const answer = await fetch(`${stage.system.url}/sandbox/api/${provider}/faults`);
  return (await answer.json()) as Record<string, number>;
}

describe('a kiosk', () => {
  it('is let in by the code it shows', async () => {
    const pairing = await fetch(`${stage.system.url}/v1/devices/pairings`, { method: 'POST' });
    const { code, pollToken } = (await pairing.json()) as { code: string; pollToken: string };
    const page = await open('kiosk');
    await page.getByTestId('kiosk-code').fill(code.toLowerCase());
    await page.getByTestId('let-in').click();
    await page.getByTestId('let-in-done').getByText('It is in').waitFor();
    await page.getByTestId('device').first().waitFor();
    const polled = await fetch(`${stage.system.url}/v1/devices/pairings/poll`, {
      method: 'POST',
      headers: { authorization: `Bearer ${pollToken}` },
    });
    expect(await polled.json()).toMatchObject({ credential: expect.any(String) });
  });
});
