import type { Page } from 'playwright-core';
import { Desk, hangUpAll, knownPerson } from './desk.js';
import { expectFocusInSight, expectNoViolationInBothLooks } from './expect-accessible.js';
import { Stage } from './stage.js';

jest.setTimeout(400_000);

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(async () => {
  await stage?.clear();
  if (stage) await hangUpAll(stage);
});
afterAll(() => stage?.close());

const fine = expectNoViolationInBothLooks;

/** Opens something, looks at it light and dark, and closes it again. */
async function dialog(page: Page, open: () => Promise<void>): Promise<void> {
  await open();
  await page.getByRole('dialog').waitFor();
  await fine(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** What is behind the three dots of a call. */
async function fromMenu(page: Page, entry: number): Promise<void> {
  await page.locator('[role=toolbar] [aria-haspopup=menu]').click();
  await page.getByRole('menuitem').nth(entry).click();
}

async function seeTasks(page: Page, id: string): Promise<void> {
  const lists = page.locator('.work').getByRole('tab');
  for (const list of [0, 1, 2]) {
    await lists.nth(list).click();
    await fine(page);
  }
  await page.getByTestId(`task-${id}`).click();
  await page.getByTestId('task').waitFor();
  await page.getByTestId('person').waitFor();
  await fine(page);
}

async function seeCall(page: Page): Promise<void> {
  await page.locator('.offer').first().waitFor();
  await fine(page);
  for (const key of ['o', 'n', 'g', 'v']) await dialog(page, () => page.keyboard.press(key));
  await dialog(page, () => page.locator('[role=toolbar] > button').nth(3).click());
  await page.keyboard.press('v');
  await page.locator('[role=dialog] footer button').last().click();
  await page.locator('[data-testid=person][data-masked=false]').waitFor();
  await dialog(page, () => fromMenu(page, 0));
  await dialog(page, () => fromMenu(page, 1));
  await dialog(page, () => page.locator('.person-head button').click());
  for (const view of [0, 1, 2]) {
    await page.locator('.tabbed').getByRole('tab').nth(view).click();
    await fine(page);
  }
}

it.each(['en-US', 'th-TH', 'ru-RU'])(
  'no view of the desk gets in the way of anybody, in %s, light and dark',
  async (locale) => {
    const ann = await knownPerson(stage);
    await ann.track('Product Viewed', { name: 'Hand grinder', product_id: 'g' });
    const { id } = await stage.hub.post<{ id: string }>('/v1/tasks', {
      kind: 'other',
      subject: 'Look into it',
      profileId: ann.profileId,
    });
    const desk = await Desk.open(stage, { agent: 'supervisor@example.test', locale });
    const { page } = desk;
    await fine(page);
    await dialog(page, () => page.keyboard.press('?'));
    await seeTasks(page, id);
    await desk.ring(`axe-${locale}`, ann.phone);
    await seeCall(page);
    await page.locator('.places button').nth(1).click();
    await page.getByTestId('figures').waitFor();
    await fine(page);
  },
);

it('what has the focus is never hidden, on a low screen', async () => {
  const ann = await knownPerson(stage);
  const desk = await Desk.open(stage, {
    agent: 'supervisor@example.test',
    viewport: { width: 1024, height: 480 },
  });
  const { page } = desk;
  await desk.ring('focus', ann.phone);
  await page.locator('.offer').first().waitFor();
  await expectFocusInSight(page, 40);
  await page.goto(`${stage.system.url}/shop/?consent=ask`);
  await page.getByTestId('consent').waitFor();
  await expectFocusInSight(page, 40);
});
