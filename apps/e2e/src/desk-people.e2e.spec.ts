import { Desk, hangUpAll, knownPerson } from './desk.js';
import { eventually } from './eventually.js';
import { Shop } from './shop.js';
import { Stage } from './stage.js';

jest.setTimeout(240_000);

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(async () => {
  await stage?.clear();
  if (stage) await hangUpAll(stage);
});
afterAll(() => stage?.close());

describe('what somebody takes back in the shop', () => {
  it('shows at the desk at once', async () => {
    const { page: browser } = await stage.newVisitor();
    const shop = new Shop(browser, stage.system.url);
    await shop.signInAs('mali', '/account');
    await browser.getByTestId('privacy').click();
    await browser.getByTestId('consent-yes').click();
    const desk = await Desk.open(stage);
    const { page } = desk;
    await desk.ring('shop', '+12065550186');
    await page.evaluate('window.sameDocument = true');
    const consents = page.getByTestId('consents');
    await consents.getByText('analytics: granted').waitFor();
    expect(await consents.getByText('email: denied').count()).toBe(0);

    await browser.getByTestId('pref-email').uncheck();
    await browser.getByTestId('preferences-said').getByText('Saved.').waitFor();
    await consents.getByText('email: denied').waitFor();
    await browser.getByTestId('privacy').click();
    await browser.getByTestId('consent-no').click();
    await consents.getByText('analytics: denied').waitFor();
    expect(await page.evaluate('window.sameDocument')).toBe(true);
  });
});

interface Task {
  id: string;
  kind: string;
  state: string;
  subject: string;
}
interface Calling {
  callingHours: { countries: Record<string, object> };
}

const tasksOf = async (profileId: string, state = 'open'): Promise<Task[]> =>
  (await stage.hub.get<{ items: Task[] }>(`/v1/tasks?profile=${profileId}&state=${state}`)).items;

describe('a call-back', () => {
  it('shows when it is due; whoever claims it calls, and it is done with the outcome', async () => {
    const ann = await knownPerson(stage);
    const always = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' };
    await stage.hub.change<Calling>('/v1/call-center/settings', (settings) => {
      const countries = { GB: { hours: [always], zones: ['Europe/London'] } };
      return { ...settings, callingHours: { ...settings.callingHours, countries } };
    });
    const desk = await Desk.open(stage);
    const { page } = desk;
    await desk.ring('first', ann.phone);
    const { now } = await stage.hub.get<{ now: string }>('/v1/clock');
    const inHalfAnHour = await page.evaluate<string>(
      `(() => {
        const at = new Date(Date.parse('${now}') + 30 * 60_000);
        return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
      })()`,
    );
    await desk.conclude('2', inHalfAnHour);
    await desk.hangUp('first');
    const [task] = await eventually('the promise', async () => {
      const tasks = await tasksOf(ann.profileId);
      return tasks.length > 0 && tasks;
    });
    expect(task).toMatchObject({ kind: 'call_back' });
    const row = page.getByTestId(`task-${task?.id ?? ''}`);
    expect(await row.count()).toBe(0);

    await stage.hub.post('/v1/clock/forward', { by: '30m' });
    await row.click();
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.getByTestId('task').getByText('Yours').first().waitFor();
    await page.getByRole('link', { name: ann.phone }).waitFor();
    await desk.ring('back', ann.phone, { direction: 'outbound', taskId: task?.id });
    await desk.conclude('7');
    await eventually('the task to be done', async () =>
      (await tasksOf(ann.profileId, 'done')).some(({ id }) => id === task?.id),
    );
    await row.waitFor({ state: 'detached' });
  });
});

describe('a text of a person', () => {
  it('is answered at the desk, reaches their phone, and is done', async () => {
    const ann = await knownPerson(stage);
    const desk = await Desk.open(stage);
    const { page } = desk;
    await stage.hub.post('/v1/messages', {
      identifiers: { userId: ann.userId },
      channel: 'sms',
      template: 'saturday-cupping.sms',
      class: 'transactional',
    });
    const { page: phone } = await stage.newVisitor();
    await phone.goto(`${stage.system.url}/sandbox/phones/${encodeURIComponent(ann.phone)}`);
    await phone.getByTestId('texts').getByText('We taste new roasts on Saturday').waitFor();
    await phone.getByTestId('answer').fill('May I bring a friend?');
    await phone.getByTestId('send').click();

    await page.getByRole('tab', { name: /Texts/ }).click();
    await page.getByRole('button', { name: /May I bring a friend/ }).click();
    await page.getByRole('button', { name: 'Take it' }).click();
    const reply = page.getByTestId('reply');
    await reply.getByText('May I bring a friend?').waitFor();
    await reply.getByLabel('Your answer').fill('Please do, there is room for both.');
    const preview = page.getByTestId('answer-preview');
    await preview.getByText('Please do, there is room for both.').waitFor();
    await preview.getByText('1 text').waitFor();
    await reply.getByRole('button', { name: 'Send and finish' }).click();

    await phone.getByTestId('texts').getByText('Please do, there is room for both.').waitFor();
    await eventually('the task to be done', async () =>
      (await tasksOf(ann.profileId, 'done')).some(({ kind }) => kind === 'message'),
    );
    await page.getByRole('button', { name: /May I bring a friend/ }).waitFor({ state: 'detached' });
    await desk.ring('after', ann.phone);
    await desk.verify();
    await page.getByTestId('person-name').getByText('Ann Meadows').waitFor();
    await page.getByRole('tab', { name: 'Conversation' }).click();
    const talk = page.locator('.talk');
    await talk.getByText('May I bring a friend?').waitFor();
    await talk.getByText('Please do, there is room for both.').waitFor();
  });
});
