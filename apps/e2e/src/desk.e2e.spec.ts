import { Desk, hangUpAll, knownPerson, signIn } from './desk.js';
import { eventually } from './eventually.js';
import { expectNoViolation } from './expect-accessible.js';
import { Stage } from './stage.js';

jest.setTimeout(240_000);

const NUMBER_OF_MANY = '+442079462999';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(async () => {
  await stage?.clear();
  if (stage) await hangUpAll(stage);
});
afterAll(() => stage?.close());

describe('the desk of an agent', () => {
  it('shows a call by itself, masked until the caller is verified, with offers', async () => {
    const ann = await knownPerson(stage);
    await ann.track('Product Added', { name: 'Hand grinder', product_id: 'g', price: 59, quantity: 1 });
    const desk = await Desk.open(stage);
    const { page } = desk;
    await desk.ring('pop', ann.phone);
    await page.getByTestId('person').waitFor();
    expect(await page.getByTestId('person-name').textContent()).toBe('A••• M•••');
    expect(await page.content()).not.toContain('Ann Meadows');
    expect(await page.content()).not.toContain(ann.email);
    await page.getByTestId('journey').getByText('Hand grinder').first().waitFor();
    await page.getByTestId('offer-cart-tasting-pack').waitFor();
    expect(await page.getByTestId('offer-coffee-plan').count()).toBe(0);
    await desk.verify();
    await page.getByTestId('person-name').getByText('Ann Meadows').waitFor();
    await page.getByTestId('offer-coffee-plan').waitFor();
  });

  it('says what groups a caller is in, to whoever has verified them', async () => {
    const ann = await knownPerson(stage);
    for (const order of ['1', '2', '3'])
      await ann.track('Order Completed', {
        order_id: `${ann.phone}-${order}`,
        total: 20,
        currency: 'USD',
        products: [],
      });
    const desk = await Desk.open(stage);
    const { page } = desk;
    await desk.ring('groups', ann.phone);
    await page.getByTestId('person').waitFor();
    expect(await page.getByTestId('segments').count()).toBe(0);
    await desk.verify();
    await page.getByRole('list', { name: 'Segments' }).getByText('Regular customers').waitFor();
    await expectNoViolation(page);
  });

  it('comes in at most 200 KB', async () => {
    const { page } = await stage.newVisitor();
    const { url } = stage.system;
    const bytes: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      if (request.url().startsWith(`${url}/agent`))
        bytes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await signIn(stage, page, 'agent@example.test');
    await page.goto(`${url}/agent`);
    await page.locator('.line-state [data-tone=good]').waitFor();
    const sizes = await Promise.all(bytes);
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000);
  });

  it('takes a whole call without a mouse', async () => {
    const ann = await knownPerson(stage);
    await ann.track('Product Added', { name: 'Hand grinder', product_id: 'g', price: 59, quantity: 1 });
    const desk = await Desk.open(stage);
    const { page } = desk;
    const call = await desk.ring('keys', ann.phone);
    await page.getByTestId('offer-cart-tasting-pack').waitFor();
    await page.keyboard.press('v');
    await page.getByRole('dialog').waitFor();
    // The question has the focus; the button that goes on is four tabs away.
    for (let tabs = 0; tabs < 3; tabs += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByTestId('person-name').getByText('Ann Meadows').waitFor();
    await page.getByTestId('offer-coffee-plan').waitFor();
    await page.keyboard.press('2');
    await page.locator('.offer[data-chosen]').nth(0).waitFor();
    await page.keyboard.press('a');
    await page.getByTestId('told').waitFor();
    await page.keyboard.press('n');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Wants the morning slot');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await desk.hangUp('keys');
    await page.locator('[data-testid=call][data-status=ended]').waitFor();
    await page.keyboard.press('o');
    await page.locator('input[type=radio]:focus').waitFor();
    await page.keyboard.press('7');
    await page.keyboard.press('Enter');
    await eventually('the outcome', async () => {
      const { outcome } = await stage.hub.get<{ outcome: { code: string } | null }>(`/v1/calls/${call.id}`);
      return outcome?.code === 'handled';
    });
    await eventually('the answer and the note', async () => {
      const entries = await stage.hub.timeline(ann.profileId);
      return (
        entries.some(({ kind, data }) => kind === 'response' && data.type === 'accept') &&
        entries.some(({ kind }) => kind === 'note')
      );
    });
  });

  it('tells its keys, and turns them off for whom they get in the way', async () => {
    const ann = await knownPerson(stage);
    const desk = await Desk.open(stage);
    const { page } = desk;
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await help.getByText('Open the outcome').waitFor();
    await help.getByLabel('Single keys do something').uncheck();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await desk.ring('no-keys', ann.phone);
    const outcome = page.getByRole('button', { name: 'Outcome' });
    await outcome.waitFor();
    for (const key of ['o', 'n', '?']) await page.keyboard.press(key);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await outcome.locator('kbd').isVisible()).toBe(false);

    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await help.getByLabel('Single keys do something').check();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await page.keyboard.press('o');
    await page.getByRole('dialog').getByRole('radio').first().waitFor();
  });

  it('lets one of two agents have a task, and tells the other', async () => {
    const { id } = await stage.hub.post<{ id: string }>('/v1/tasks', { kind: 'other', subject: 'A race' });
    const [ann, bob] = [
      await Desk.open(stage),
      await Desk.open(stage, { agent: 'second-agent@example.test' }),
    ];
    for (const { page } of [ann, bob]) {
      await page.getByRole('tab', { name: /Reviews/ }).click();
      await page.getByTestId(`task-${id}`).click();
      await page.getByRole('button', { name: 'Take it' }).waitFor();
    }
    // Both press at once; whoever is too late finds the button gone, or is told.
    await Promise.allSettled(
      [ann, bob].map(({ page }) => page.getByRole('button', { name: 'Take it' }).click({ timeout: 5_000 })),
    );
    const winner = await eventually('a winner', async () => {
      for (const one of [ann, bob])
        if ((await one.page.getByTestId('task').getByText('Yours').count()) > 0) return one;
      return undefined;
    });
    const loser = winner === ann ? bob : ann;
    await loser.page.getByTestId('task').getByText('With ').waitFor();
    const { claim } = await stage.hub.get<{ claim: { agent: string } }>(`/v1/tasks/${id}`);
    expect(claim.agent).toBe(winner.agent);
    stage.forgive(/409/);
  });

  it('detaches the wrong person', async () => {
    const ann = await knownPerson(stage);
    const desk = await Desk.open(stage);
    const { page } = desk;
    await desk.ring('wrong', ann.phone);
    await page.getByRole('button', { name: 'Wrong person' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Wrong person' }).click();
    await page.getByRole('heading', { name: 'Unknown caller' }).waitFor();
    const { items } = await stage.hub.get<{ items: { data: { review?: string } }[] }>(
      `/v1/tasks?profile=${ann.profileId}`,
    );
    expect(items.map(({ data }) => data.review)).toEqual(['wrong-person']);
  });

  it('lets an agent propose that two are one, and a supervisor perform it', async () => {
    const [ann, twin] = [await knownPerson(stage), await knownPerson(stage, 'A. Meadows')];
    const desk = await Desk.open(stage);
    const { page } = desk;
    await desk.ring('twins', ann.phone);
    await page.getByRole('toolbar').getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('menuitem', { name: 'Same as somebody else…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Who else is it?').fill(twin.email);
    await dialog.getByLabel('Reason').fill('Same voice');
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByTestId('change').getByText('One person comes out').waitFor();
    expect(await dialog.textContent()).not.toContain('Meadows');
    await dialog.getByRole('button', { name: 'Propose' }).click();
    await dialog.waitFor({ state: 'detached' });
    const lead = await Desk.open(stage, { agent: 'supervisor@example.test' });
    await lead.page.locator('.places button').nth(1).click();
    const proposals = lead.page.getByTestId('proposals');
    await proposals.getByRole('listitem').filter({ hasText: 'Same voice' }).getByRole('button').click();
    await proposals.getByTestId('change').getByText(twin.email).first().waitFor();
    await expectNoViolation(lead.page);
    await proposals.getByLabel('Reason').fill('The same address');
    await proposals.getByRole('button', { name: 'Perform' }).click();
    await eventually('the merge', async () => {
      const { id } = await stage.hub.get<{ id: string }>(`/v1/profiles/${twin.profileId}`);
      return id === ann.profileId;
    });
    await desk.verify();
    await page.getByRole('tab', { name: 'Why one person' }).click();
    await page.getByTestId('identity').getByText('A colleague said so').first().waitFor();
    await expectNoViolation(page);
  });

  it('shows a message that may be a refusal among the reviews', async () => {
    const subject = `Please stop ${process.pid}`;
    await stage.hub.post('/v1/tasks', { kind: 'message', subject, data: { looksLikeRefusal: true } });
    const { page } = await Desk.open(stage);
    await page.getByRole('tab', { name: /Reviews/ }).click();
    await page.getByText(subject).first().waitFor();
  });

  it('says why another offer is not there', async () => {
    const ann = await knownPerson(stage);
    const desk = await Desk.open(stage);
    const { page } = desk;
    await desk.ring('why', ann.phone);
    await page.getByTestId('offers').waitFor();
    await page.locator('.why-not').getByRole('combobox').click();
    await page.getByRole('option', { name: 'A class in filter coffee' }).click();
    await page.getByTestId('why-not').getByText('brews').first().waitFor();
  });

  it('sees a consent that is withdrawn at once', async () => {
    const ann = await knownPerson(stage);
    const say = (status: string) =>
      stage.hub.put(`/v1/profiles/${ann.profileId}/consents`, { consents: [{ channel: 'email', status }] });
    await say('granted');
    const desk = await Desk.open(stage);
    await desk.ring('consent', ann.phone);
    await desk.page.getByTestId('consents').getByText('email: granted').waitFor();
    await say('denied');
    await desk.page.getByTestId('consents').getByText('email: denied').waitFor();
  });

  it('keeps outcomes while the line is down, asks for no offers, and sends them once it is back', async () => {
    const ann = await knownPerson(stage);
    const desk = await Desk.open(stage);
    const { page } = desk;
    const call = await desk.ring('line', ann.phone);
    await page.getByTestId('offers').waitFor();
    await page.context().setOffline(true);
    await page.keyboard.press('o');
    await page.locator('input[type=radio]:focus').waitFor();
    await page.keyboard.press('7');
    await page.keyboard.press('Enter');
    await page.getByText('waits to be sent').waitFor();
    const { outcome } = await stage.hub.get<{ outcome: unknown }>(`/v1/calls/${call.id}`);
    expect(outcome).toBeNull();
    await page.context().setOffline(false);
    await eventually('the outcome', async () => {
      const now = await stage.hub.get<{ outcome: { code: string } | null }>(`/v1/calls/${call.id}`);
      return now.outcome?.code === 'handled';
    });
    await page.getByText('waits to be sent').waitFor({ state: 'detached' });
    // What the browser could not reach while it was offline is no trouble of the page.
    stage.forgive(/ERR_INTERNET_DISCONNECTED|Failed to load resource|Failed to fetch/);
  });

  it('names those who share a number, and assumes nobody', async () => {
    for (const name of ['Ann', 'Bob', 'Cleo', 'Dan', 'Eve', 'Flo'])
      await stage.hub.post(
        '/v1/identify',
        { userId: `share-${name}`, traits: { name, phone: NUMBER_OF_MANY } },
        { prefer: 'visible, wait=10' },
      );
    const desk = await Desk.open(stage);
    await desk.ring('many', NUMBER_OF_MANY);
    const candidates = desk.page.getByTestId('candidates');
    await candidates.waitFor();
    expect(await candidates.getByRole('button', { name: 'Choose' }).count()).toBe(6);
    await candidates.getByRole('button', { name: 'Choose' }).first().click();
    await desk.page.getByTestId('verified').getByText('Not verified').waitFor();
  });
});
