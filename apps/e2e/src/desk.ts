import type { Page } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Habits } from './browser.js';
import type { Line } from './line.js';
import type { Stage } from './stage.js';

interface Call {
  id: string;
  callId: string;
}

interface Who extends Habits {
  /** The account's address. */
  agent?: string;
  /** A line to the hub that may be cut. */
  over?: Line;
}

/** Somebody at the desk, and what the world around does to them. */
export class Desk {
  private constructor(
    private readonly stage: Stage,
    readonly page: Page,
    readonly agent: string,
  ) {}

  /** Signs in and opens the desk, once it hears what happens. */
  static async open(
    stage: Stage,
    { agent = 'agent@example.test', over, ...habits }: Who = {},
  ): Promise<Desk> {
    const { page } = await stage.newVisitor({ viewport: { width: 1440, height: 960 }, ...habits });
    await signIn(stage, page, agent);
    await page.goto(`${over?.url ?? stage.system.url}/agent`);
    await page.locator('.dot').waitFor();
    const desk = new Desk(stage, page, agent);
    await page.locator('.line-state [data-tone=good]').waitFor();
    return desk;
  }

  /** The telephone system puts a call through to this agent. */
  async ring(callId: string, number: string, more: object = {}): Promise<Call> {
    const { hub } = this.stage;
    const event = { callId, event: 'answered', number, agent: this.agent, ...more };
    const call = await hub.post<Call>('/v1/calls', event);
    await this.page.getByTestId('call').getByRole('heading', { name: number }).waitFor();
    return call;
  }

  async hangUp(callId: string): Promise<void> {
    await this.stage.hub.post('/v1/calls', { callId, event: 'ended' });
  }

  /** Says by keyboard what came of the call: the code that this figure stands for. */
  async conclude(figure: string, callBackAt?: string): Promise<void> {
    const { page } = this;
    await page.keyboard.press('o');
    await page.locator('input[type=radio]:focus').waitFor();
    await page.keyboard.press(figure);
    if (callBackAt !== undefined) await page.getByLabel('Call back at').fill(callBackAt);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  async verify(): Promise<void> {
    await this.page.getByRole('button', { name: 'Verify caller' }).waitFor();
    await this.page.keyboard.press('v');
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Verify caller' }).click();
    await dialog.waitFor({ state: 'detached' });
  }
}

/** Gives a browser the session of one of the demo's accounts. */
export async function signIn({ system }: Stage, page: Page, email: string): Promise<void> {
  const file = await readFile(join(system.dataDir, 'accounts.json'), 'utf8');
  const { accounts } = JSON.parse(file) as { accounts: { email: string; password: string }[] };
  const password = accounts.find((one) => one.email === email)?.password ?? '';
  const answer = await page.request.post(`${system.url}/v1/sessions`, { data: { email, password } });
  expect(answer.status()).toBe(201);
}

/** Everybody hangs up, so that the next story begins with nobody on the phone. */
export async function hangUpAll({ hub }: Stage): Promise<void> {
  const { items } = await hub.get<{ items: Call[] }>('/v1/calls');
  for (const { callId } of items) await hub.post('/v1/calls', { callId, event: 'ended' });
}

let people = 0;

/** Somebody whom the hub knows, with a number of their own. */
export async function knownPerson(stage: Stage, name = 'Ann Meadows') {
  people += 1;
  const userId = `desk-${process.pid}-${people}`;
  const phone = `+44207946${String(1000 + people)}`;
  const email = `${userId}@example.org`;
  const { profileId } = await stage.hub.post<{ profileId: string }>(
    '/v1/identify',
    { userId, traits: { name, email, phone, plan: 'gold' } },
    { prefer: 'visible, wait=10' },
  );
  const track = (event: string, properties: object) =>
    stage.hub.post('/v1/track', { userId, event, properties }, { prefer: 'visible, wait=10' });
  return { userId, phone, email, profileId, track };
}
