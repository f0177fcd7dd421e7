import { Desk, hangUpAll, knownPerson } from './desk.js';
import { eventually } from './eventually.js';
import { Line } from './line.js';
import { Stage } from './stage.js';

jest.setTimeout(240_000);

let stage: Stage;
let line: Line;

beforeAll(async () => {
  stage = await Stage.open();
});
beforeEach(async () => {
  line = await Line.open(stage.system.url);
});
afterEach(async () => {
  // What the browser could not reach over a line that is cut is no trouble of the page.
  stage?.forgive(/net::ERR_|Failed to fetch/);
  await stage?.clear();
  await line?.close();
  if (stage) await hangUpAll(stage);
});
afterAll(() => stage?.close());

const consent = (profileId: string, status: string) =>
  stage.hub.put(`/v1/profiles/${profileId}/consents`, { consents: [{ channel: 'email', status }] });

describe('a desk whose line to the hub is cut', () => {
  it('says that it is out of date, and asks for no new offers until the line is back', async () => {
    const [ann, bob] = [await knownPerson(stage), await knownPerson(stage, 'Bob Hills')];
    const desk = await Desk.open(stage, { over: line });
    const { page } = desk;
    await stage.hub.post('/v1/calls', {
      callId: 'waits',
      event: 'answered',
      number: ann.phone,
      agent: desk.agent,
    });
    await desk.ring('talks', bob.phone);
    await page.locator('[data-testid=offers][data-ready=true]').waitFor();

    line.set('no-stream');
    await page.getByTestId('stale').waitFor();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByTestId('call-waits').click();
    await page.getByTestId('call').getByRole('heading', { name: ann.phone }).waitFor();
    await page.getByTestId('person').waitFor();
    const offers = page.getByTestId('offers');
    await offers.getByText('No new offers while the desk is out of date.').waitFor();
    expect(asked.filter((url) => url.endsWith('/v1/decisions'))).toEqual([]);

    line.set('whole');
    await page.getByTestId('stale').waitFor({ state: 'detached' });
    await page.locator('[data-testid=offers][data-ready=true]').waitFor();
    await offers.getByText('No new offers while the desk is out of date.').waitFor({ state: 'detached' });
  });

  it('keeps a note and an outcome, sends each once, and hears what it missed without being loaded anew', async () => {
    const ann = await knownPerson(stage);
    await consent(ann.profileId, 'granted');
    const desk = await Desk.open(stage, { over: line });
    const { page } = desk;
    const call = await desk.ring('cut', ann.phone);
    await page.getByTestId('consents').getByText('email: granted').waitFor();
    await page.evaluate('window.sameDocument = true');

    line.set('no-answer');
    await page.keyboard.press('n');
    await page.getByRole('dialog').getByRole('textbox').fill('Call after five');
    await page.keyboard.press('Control+Enter');
    await eventually('the note that the hub heard, and nobody knows of', () =>
      notes(ann.profileId).then((some) => some === 1),
    );
    line.set('cut');
    await page.keyboard.press('o');
    await page.locator('input[type=radio]:focus').waitFor();
    await page.keyboard.press('7');
    await page.keyboard.press('Enter');
    await page.getByText('2 entries wait to be sent').waitFor();
    await page.getByTestId('stale').waitFor();

    await consent(ann.profileId, 'denied');
    const { id } = await stage.hub.post<{ id: string }>('/v1/tasks', {
      kind: 'other',
      subject: 'Made meanwhile',
    });
    await stage.hub.post('/v1/desk/notices', { words: 'The lift is stuck' });
    expect(await outcomeOf(call.id)).toBeNull();
    const before = line.streams.length;

    line.set('whole');
    await page.getByText('The lift is stuck').waitFor();
    await page.getByTestId('stale').waitFor({ state: 'detached' });
    await page.getByTestId('consents').getByText('email: denied').waitFor();
    await page.getByRole('tab', { name: /Reviews/ }).click();
    await page.getByTestId(`task-${id}`).waitFor();
    expect(line.streams.slice(before).every((last) => last !== '')).toBe(true);
    await page.getByText('wait to be sent').waitFor({ state: 'detached' });
    expect(await outcomeOf(call.id)).toBe('handled');
    expect(await notes(ann.profileId)).toBe(1);
    expect(await page.evaluate('window.sameDocument')).toBe(true);
  });
});

async function outcomeOf(callId: string): Promise<string | null> {
  const { outcome } = await stage.hub.get<{ outcome: { code: string } | null }>(`/v1/calls/${callId}`);
  return outcome?.code ?? null;
}

async function notes(profileId: string): Promise<number> {
  return (await stage.hub.timeline(profileId)).filter(({ kind }) => kind === 'note').length;
}
