import type { Page } from 'playwright-core';
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

interface Decided {
  zones: { offers: { offer: string; token: string; content: { script: string } }[] }[];
}

const told = (story: Page, step: (typeof PEOPLE)[number]) =>
  story.locator(`[data-testid=step-${step}][data-state=done]`).waitFor();

/** What an agent's desk does with the call: verify, ask what to offer, take down the answer. */
async function serve(callId: string): Promise<string[]> {
  const call = await stage.hub.post<{ id: string }>('/v1/calls', {
    callId,
    event: 'answered',
    number: PHONE,
    agent: 'agnes',
  });
  const ann = await stage.hub.profile('email:ann@fieldnote.example');
  await stage.hub.post(`/v1/calls/${call.id}/identity`, {
    profileId: ann?.id,
    verified: 'full',
    method: 'last-order',
  });
  const { zones } = await stage.hub.post<Decided>('/v1/decisions', {
    identifiers: {},
    callId: call.id,
    channel: 'call_center',
    zones: [{ zone: 'agent.main', count: 3 }],
  });
  const offers = zones[0]?.offers ?? [];
  expect(offers[0]?.content.script).toContain('You looked at the Field 35.');
  await stage.hub.post(`/v1/calls/${call.id}/outcome`, { code: 'sold', token: offers[0]?.token });
  return offers.map(({ offer }) => offer);
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
  expect(await serve(items[0]?.id ?? '')).toContain('camera-kept');
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
