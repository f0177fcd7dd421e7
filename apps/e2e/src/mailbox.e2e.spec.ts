import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.js';
import { expectNoViolation } from './expect-accessible.js';
import type { Hub } from './hub.js';
import { Stage } from './stage.js';

jest.setTimeout(120_000);

const SUBJECT = 'You left something on the shelf, Bea Stone';
const HEADLINE = 'So is a tasting pack.';

let stage: Stage;
let hub: Hub;
let email: string;

beforeAll(async () => {
  stage = await Stage.open();
  ({ hub } = stage);
});
beforeEach(async () => {
  email = await newPerson();
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

/** @returns the e-mail address of somebody the hub knows */
async function newPerson(): Promise<string> {
  const id = randomUUID().slice(0, 8);
  const address = `bea+${id}@example.org`;
  const person = { userId: `bea-${id}`, traits: { email: address, name: 'Bea Stone' } };
  await hub.post('/v1/identify', person, { prefer: 'visible, wait=10' });
  return address;
}

async function send(messageClass: 'marketing' | 'transactional'): Promise<string> {
  const { deliveryId } = await hub.post<{ deliveryId: string }>('/v1/messages', {
    identifiers: { email },
    channel: 'email',
    template: 'cart-tasting-pack.email',
    class: messageClass,
  });
  return deliveryId;
}

/** Opens the mailbox as it is for the person. */
async function openMailbox(): Promise<Page> {
  const { page } = await stage.newVisitor();
  await page.goto(`${stage.system.url}/sandbox?q=${encodeURIComponent(email)}`);
  await page.locator('#live[data-state=live]').waitFor();
  return page;
}

describe('the mailbox', () => {
  it('shows a mail the moment it comes, with all its faces', async () => {
    const page = await openMailbox();
    await page.getByText('Nothing found').waitFor();
    const deliveryId = await send('marketing');
    const line = page.getByTestId('mail');
    await line.getByText(SUBJECT).waitFor();
    await eventually('the delivery to be accepted', async () => {
      const { status } = await hub.delivery(deliveryId);
      return status === 'accepted';
    });

    await line.getByRole('link').click();
    await page.getByTestId('subject').getByText(SUBJECT).waitFor();
    await page.frameLocator('[data-testid=html]').getByText(HEADLINE).waitFor();
    await page.getByTestId('tab-text').click();
    await page.getByTestId('text').getByText(HEADLINE).waitFor();
    await page.getByTestId('tab-headers').click();
    const headers = await page.getByTestId('headers').innerText();
    for (const header of ['From', 'To', 'Subject', 'Message-ID', 'Date', 'MIME-Version'])
      expect(headers).toMatch(new RegExp(`^${header}\\b`, 'im'));
    expect(headers).toContain(email);
    await page.getByTestId('tab-source').click();
    await page.getByTestId('source').getByText('multipart/alternative').waitFor();
  });

  it('leads to an unsubscribe page whose button ends marketing, and nothing else', async () => {
    const page = await openMailbox();
    await send('marketing');
    await page.getByTestId('mail').getByRole('link').click();
    const link = page.frameLocator('[data-testid=html]').getByRole('link', { name: 'Unsubscribe' });
    const [confirm] = await Promise.all([page.waitForEvent('popup'), link.click()]);
    await confirm.getByText('Do you no longer want email?').waitFor();
    await expectNoViolation(confirm);
    // Opening the link changed nothing: link scanners open them all.
    expect((await hub.profile(`email:${email}`))?.consents['email']).toBeUndefined();

    await confirm.getByRole('button', { name: 'Unsubscribe' }).click();
    await confirm.getByRole('heading', { name: 'Done' }).waitFor();
    await eventually('the refusal in the golden record', async () => {
      const profile = await hub.profile(`email:${email}`);
      return profile?.consents['email']?.status === 'denied';
    });

    const refused = await send('marketing');
    await eventually('the marketing mail to be held back', async () => {
      const { status } = await hub.delivery(refused);
      return status === 'suppressed';
    });
    await send('transactional');
    const mails = await eventually('the mail she needs', async () => {
      const found = await stage.mailbox.to(email);
      return found.length >= 2 && found;
    });
    expect(mails).toHaveLength(2);
  });

  it('can be used with assistive technology', async () => {
    const page = await openMailbox();
    await expectNoViolation(page);
    await send('transactional');
    await page.getByTestId('mail').getByRole('link').click();
    await page.frameLocator('[data-testid=html]').getByText(HEADLINE).waitFor();
    await expectNoViolation(page);
    for (const tab of ['text', 'headers', 'source']) {
      await page.getByTestId(`tab-${tab}`).click();
      await page.getByTestId(tab).waitFor();
      await expectNoViolation(page);
    }
  });
});
