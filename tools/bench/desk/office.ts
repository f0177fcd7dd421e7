import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Bench } from '../bench.js';
import { call, type Core, startCore } from '../core.js';
import { untilProcessed } from '../measure-core.js';

const PAGE = 100;
/** The accounts of the demo that sit before a real browser. */
export const AGENTS = ['agent@example.test', 'second-agent@example.test'];

/** A core with the demo's catalogue and accounts, and people who may call. */
export class Office {
  private calls = 0;

  private constructor(
    readonly core: Core,
    readonly browser: Browser,
    private readonly passwords: ReadonlyMap<string, string>,
    private readonly people: number,
  ) {}

  static async open(bench: Bench, browser: Browser, databaseUrl: string, folder: string): Promise<Office> {
    const dataDir = join(folder, 'desk-core');
    const environment = { REPARTEE_SEED: 'demo' };
    const core = await startCore({ cores: bench.placement.server, databaseUrl, dataDir, environment });
    try {
      const { accounts } = JSON.parse(await readFile(join(dataDir, 'accounts.json'), 'utf8')) as {
        accounts: { email: string; password: string }[];
      };
      const people = bench.plan.quick ? 100 : 400;
      await meet(core, people);
      const { left } = await untilProcessed(databaseUrl, bench.plan.patienceSeconds);
      if (left > 0) throw new Error(`${left} people are not known yet`);
      const passwords = new Map(accounts.map(({ email, password }) => [email, password]));
      return new Office(core, browser, passwords, people);
    } catch (error) {
      await core.child.stop();
      throw error;
    }
  }

  get url(): string {
    return `http://localhost:${this.core.port}`;
  }

  /** A window for an agent who is signed in, sharing nothing with others, with nothing loaded yet. */
  async seat(agent: string, script: string, browser = this.browser): Promise<Page> {
    const context = await browser.newContext({
      locale: 'en-US',
      viewport: { width: 1440, height: 960 },
    });
    await context.addInitScript({ content: script });
    const page = await context.newPage();
    const data = { email: agent, password: this.passwords.get(agent) ?? '' };
    const answer = await page.request.post(`${this.url}/v1/sessions`, { data });
    if (!answer.ok()) throw new Error(`${agent} cannot sign in: ${answer.status()}`);
    return page;
  }

  /** The desk of an agent, once it hears what happens. */
  async desk(agent: string, script: string, browser = this.browser): Promise<Page> {
    const page = await this.seat(agent, script, browser);
    await page.goto(`${this.url}/agent`);
    await page.locator('.line-state [data-tone=good]').waitFor();
    return page;
  }

  /** Somebody whom the hub knows calls an agent. */
  async ring(agent: string): Promise<Ringing> {
    this.calls += 1;
    const callId = `bench-${this.calls}`;
    const number = numberOf(this.calls % this.people);
    const at = Date.now();
    const body = { callId, event: 'answered', number, agent };
    const { id } = await call<{ id: string }>(this.core, 'POST', '/v1/calls', body);
    return { id, callId, number, at };
  }

  async hangUp(callId: string): Promise<void> {
    await call(this.core, 'POST', '/v1/calls', { callId, event: 'ended' });
  }
}

/** A call that was reported; `at` is when the report was sent, in milliseconds since the epoch. */
export interface Ringing {
  id: string;
  callId: string;
  number: string;
  at: number;
}

/** People with a number and something in their cart. */
async function meet(core: Core, people: number): Promise<void> {
  const cart = { name: 'Hand grinder', product_id: 'g', price: 59, quantity: 1 };
  for (let from = 0; from < people; from += PAGE)
    await call(core, 'POST', '/v1/batch', {
      batch: Array.from({ length: Math.min(PAGE, people - from) }, (_, index) => from + index).flatMap(
        (person) => {
          const userId = `bench-${person}`;
          const traits = { name: `Ann Bench ${person}`, email: `${userId}@example.org`, plan: 'gold' };
          return [
            { type: 'identify', userId, traits: { ...traits, phone: numberOf(person) } },
            { type: 'page', userId, properties: { path: '/grinders' } },
            { type: 'track', userId, event: 'Product Added', properties: cart },
          ];
        },
      ),
    });
}

const numberOf = (person: number) => `+1415${3_000_000 + person}`;
