import type { Page } from 'playwright-core';
import { Desk } from './desk.js';
import { eventually } from './eventually.js';
import { Shop } from './shop.js';
import { Stage } from './stage.js';

jest.setTimeout(240_000);

const PHONE = '+12065550142';
const PEOPLE = ['look', 'leave', 'text', 'call', 'agent', 'agree', 'pick'] as const;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

const told = (story: Page, step: (typeof PEOPLE)[number]) =>
  story.locator(`[data-testid=step-${step}][data-state=done]`).waitFor();

/** An agent answers at the desk, verifies her, says what the desk proposes, and takes down that she wants it. */
async function serve(callId: string): Promise<void> {
  const desk = await Desk.open(stage);
  await desk.ring(callId, PHONE);
  await desk.verify();
  await desk.page.getByTestId('person-name').getByText('Ann Lee').waitFor();
  const camera = desk.page.getByTestId('offer-camera-kept');
  await camera.getByText('You looked at the Field 35.').waitFor();
  await camera.getByRole('button', { name: /^Accepted/ }).click();
  await camera.getByTestId('told').waitFor();
}

async function codeFrom(phone: Page): Promise<string> {
  const line = phone
    .getByTestId('texts')
    .getByText(/your code for the kiosk is \d{6}/)
    .last();
  return /\d{6}/.exec((await line.textContent()) ?? '')?.[0] ?? '';
}

/** Opens a kiosk, and types the code that it shows in the sandbox. */
async function letIn(kiosk: Page): Promise<void> {
  const { url } = stage.system;
  await kiosk.goto(`${url}/kiosk/`);
  const shown = kiosk.getByTestId('pairing-code').getByText(/^[A-Z]{4}-[A-Z]{4}$/);
  const code = (await shown.textContent()) ?? '';
  const { page: sandbox } = await stage.newVisitor();
  await sandbox.goto(`${url}/sandbox/kiosk`);
  await sandbox.getByTestId('kiosk-code').fill(code);
  await sandbox.getByTestId('let-in').click();
  await sandbox.getByTestId('let-in-done').getByText('It is in').waitFor();
}

it('Ann looks at a camera, leaves, gets a text, calls, is known, and picks it up at the kiosk', async () => {
  const { url } = stage.system;
  const { page: story } = await stage.newVisitor();
  await story.goto(`${url}/sandbox/story`);
  await story.getByTestId('begin').click();
  await story.locator('[data-testid=step-look][data-state=now]').waitFor();

  const { page: annsBrowser } = await stage.newVisitor();
  const shop = new Shop(annsBrowser, url);
  await shop.signInAs('ann', '/p/field-35');
  await annsBrowser.getByTestId('product-name').getByText('Field 35').waitFor();
  await told(story, 'look');
  await story.getByTestId('step-look').getByText('Field 35').waitFor();
  await eventually('the hour to be waited for', async () => {
    const timeline = await stage.hub.timeline('email:ann@fieldnote.example');
    return timeline.some(({ data }) => data.name === 'Product Viewed');
  });
  await annsBrowser.goto('about:blank');

  await story.getByTestId('do-leave').click();
  await told(story, 'leave');
  await told(story, 'text');
  const { page: phone } = await stage.newVisitor();
  await phone.goto(`${url}/sandbox/phones/${encodeURIComponent(PHONE)}`);
  await phone.getByTestId('texts').getByText('the Field 35 you looked at is kept for you').waitFor();

  await story.getByTestId('do-call').click();
  await told(story, 'call');
  const { items } = (await (await fetch(`${url}/sandbox/api/calls`)).json()) as { items: { id: string }[] };
  await serve(items[0]?.id ?? '');
  await told(story, 'agent');
  await told(story, 'agree');

  const { page: kiosk } = await stage.newVisitor();
  await letIn(kiosk);
  await kiosk.getByRole('button', { name: 'Touch to begin' }).click();
  await kiosk.getByRole('button', { name: 'Phone number' }).click();
  await kiosk.getByLabel('Phone number with country code').fill(PHONE);
  await kiosk.getByRole('button', { name: 'Send the code' }).click();
  await kiosk.getByLabel(/Six digits/).fill(await codeFrom(phone));
  await kiosk.getByRole('button', { name: 'Go on' }).click();
  const ready = kiosk.locator('[data-offer="camera-pickup"]');
  await ready.getByText('Your Field 35 is here, Ann Lee.').waitFor();
  await ready.getByRole('button', { name: 'I take it now' }).click();
  await ready.getByText('Show this at the counter.').waitFor();
  await kiosk.getByRole('button', { name: 'End visit' }).click();
  for (const step of PEOPLE) await told(story, step);
  await story.getByTestId('told').getByText('Five channels, one conversation').waitFor();
});
