import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Bench } from '../bench.js';
import { Child, scriptBeside } from '../child.js';
import { percentile } from '../figures.js';
import { type Noted, WATCH_POPS } from './in-page.js';
import { AGENTS, type Office, type Ringing } from './office.js';
import type { Open, Report, Shown } from './plain-desks.js';

/** Calls that last at the same time. */
const AT_ONCE = 50;
/** Calls that begin in a second, each in place of one that ends. */
const PER_SECOND = 10;
/** Of so many calls, one goes to a browser. */
const ONE_IN = 5;
/** Seconds of a round; the first round, which is not counted, gives every agent a call. */
const SECONDS = 10;

/** Milliseconds from the report of each call of a round to its offers: painted, or all answers there at a desk without a browser. */
interface Waits {
  painted: number[];
  answered: number[];
}

/** From the report of a call to its offers on the agent's screen, while 50 people are on the phone. */
export async function measureScreenPop(bench: Bench, office: Office): Promise<void> {
  const title = `From a call's report to its offers on the agent's screen, ${AT_ONCE} calls at once`;
  bench.progress(title);
  const pages = new Map<string, Page>();
  for (const agent of AGENTS) pages.set(agent, await office.desk(agent, WATCH_POPS));
  const child = await Child.start(
    scriptBeside(import.meta.url, './plain-desks.js'),
    bench.placement.generator,
  );
  const others = Array.from({ length: AT_ONCE - AGENTS.length }, (_, index) => `agent-${index}@example.test`);
  const { url, core } = office;
  try {
    await child.ask<Shown[]>({ kind: 'open', url, key: core.keys.admin, agents: others } satisfies Open);
    const switchboard = new Switchboard(office, [...pages.keys()], others);
    const painted: number[] = [];
    const answered: number[] = [];
    const notes: string[] = [];
    for (let round = 0; round <= bench.plan.rounds; round += 1) {
      const calls = await switchboard.round(bench.plan.quick ? SECONDS / 2 : SECONDS);
      const waits = await waitsOf(calls, pages, child);
      if (round === 0) continue;
      painted.push(quantile(waits.painted, 0.95));
      answered.push(quantile(waits.answered, 0.95));
      notes.push(`${words(waits.painted)} of ${waits.painted.length}`);
      bench.progress(`  round ${round}: painted ${words(waits.painted)}, answered ${words(waits.answered)}`);
    }
    bench.recordValue(
      { key: 'screen pop', title, unit: 'ms (p95)', goal: { atMost: 300 } },
      painted,
      `${notes.join('; ')}; ${PER_SECOND} new calls a second`,
    );
    const hubs = 'The same without a browser: all answers are there';
    bench.recordValue({ key: 'screen pop answered', title: hubs, unit: 'ms (p95)' }, answered);
    await switchboard.close();
  } finally {
    await child.stop();
    for (const page of pages.values()) await page.context().close();
  }
}

/** Puts calls through: to agents in turn, every fifth to one with a browser. */
class Switchboard {
  /** The last call of each agent. */
  private readonly held = new Map<string, Promise<Ringing>>();
  private put = 0;

  constructor(
    private readonly office: Office,
    private readonly seen: readonly string[],
    private readonly others: readonly string[],
  ) {}

  async round(seconds: number): Promise<Ringing[]> {
    const calls: Promise<Ringing>[] = [];
    const started = performance.now();
    for (let index = 0; index < seconds * PER_SECOND; index += 1) {
      await sleep(Math.max(0, started + (index * 1000) / PER_SECOND - performance.now()));
      calls.push(this.next());
    }
    return Promise.all(calls);
  }

  async close(): Promise<void> {
    for (const call of this.held.values()) await this.office.hangUp((await call).callId);
  }

  private next(): Promise<Ringing> {
    const turn = Math.floor(this.put / ONE_IN);
    const browser = this.put % ONE_IN === 0;
    const agents = browser ? this.seen : this.others;
    const agent = agents[(browser ? turn : this.put - turn - 1) % agents.length] ?? '';
    this.put += 1;
    const call = this.follow(agent, this.held.get(agent));
    this.held.set(agent, call);
    return call;
  }

  private async follow(agent: string, before: Promise<Ringing> | undefined): Promise<Ringing> {
    if (before) await this.office.hangUp((await before).callId);
    return this.office.ring(agent);
  }
}

/** A call that never showed counts as endless. */
async function waitsOf(
  calls: readonly Ringing[],
  pages: ReadonlyMap<string, Page>,
  child: Child,
): Promise<Waits> {
  await sleep(2_000);
  const shown = new Map(await child.ask<Shown[]>({ kind: 'report' } satisfies Report));
  const pops = new Map<string, number>();
  for (const page of pages.values()) {
    const seen = await page.evaluate(() => {
      const noted = globalThis as unknown as Noted;
      const { pops: held } = noted;
      noted.pops = {};
      return held;
    });
    for (const [number, at] of Object.entries(seen)) pops.set(number, at);
  }
  const waits: Waits = { painted: [], answered: [] };
  for (const [index, { id, number, at }] of calls.entries())
    if (index % ONE_IN === 0) waits.painted.push((pops.get(number) ?? Infinity) - at);
    else waits.answered.push((shown.get(id) ?? Infinity) - at);
  return waits;
}

function quantile(values: readonly number[], share: number): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    share,
  );
}

const words = (values: readonly number[]) =>
  `p50 ${quantile(values, 0.5)} ms, p95 ${quantile(values, 0.95)} ms`;
