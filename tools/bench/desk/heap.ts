import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Bench } from '../bench.js';
import { slopeOf } from '../figures.js';
import { hurry } from './in-page.js';
import { AGENTS, type Office } from './office.js';

/** Twenty minutes of a busy agent: a call a minute, all of it so many times as fast. */
const MINUTES = 20;
const TIMES = 25;
/**
 * KB a minute. What is known of one caller is some 120 KB: a desk that kept its calls would grow by as much each minute. The
 * last calls are still cached when the heap is read, now one more and now one less, which alone tilts the line by some 7.
 */
const TOLERANCE = 20;

/** Without its optimising compilers: the code they go on making for hours is on the heap, and would pass for a leak. */
export const STEADY = ['--no-opt', '--no-maglev', '--no-sparkplug'];

/** What the page holds after a forced collection. */
interface Held {
  minute: number;
  /** KB. */
  heap: number;
  nodes: number;
  listeners: number;
}

/** Whether a desk that is used all day grows. @param browser whose engine is {@link STEADY} */
export async function measureHeap(bench: Bench, office: Office, browser: Browser): Promise<void> {
  const title = `Heap of the desk, ${MINUTES} minutes of calls at ${TIMES} × speed`;
  bench.progress(title);
  const agent = AGENTS[0] ?? '';
  const page = await office.desk(agent, hurry(TIMES), browser);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const looks: Held[] = [];
  const minutes = bench.plan.quick ? 8 : MINUTES;
  const started = performance.now();
  for (let minute = 0; minute < minutes; minute += 1) {
    await sleep(Math.max(0, started + (minute * 60_000) / TIMES - performance.now()));
    await takeCall(office, page, agent);
    looks.push({ minute: minute + 1, ...(await look(session)) });
  }
  const seconds = (performance.now() - started) / 1_000;
  await page.context().close();
  const half = looks.slice(Math.floor(looks.length / 2));
  for (const { minute, heap, nodes, listeners } of looks)
    bench.progress(`  minute ${minute}: ${heap} KB, ${nodes} nodes, ${listeners} listeners`);
  const slope = (of: (held: Held) => number) => slopeOf(half.map((held) => [held.minute, of(held)]));
  bench.recordValue(
    { key: 'heap', title, unit: 'KB a minute', goal: { atMost: TOLERANCE } },
    [slope(({ heap }) => heap)],
    `over the second half; ${slope(({ nodes }) => nodes).toFixed(1)} nodes and ${slope(({ listeners }) => listeners).toFixed(1)} listeners a minute; it took ${seconds.toFixed(0)} s`,
  );
}

/** Rings, is verified, hears an offer and takes it, hangs up; the agent says what came of it. By keyboard, as in the guide. */
async function takeCall(office: Office, page: Page, agent: string): Promise<void> {
  const { callId, number } = await office.ring(agent);
  await page.getByTestId('call').getByRole('heading', { name: number }).waitFor();
  await page.locator('.offer').first().waitFor();
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Verify caller' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('[data-testid=person][data-masked=false]').waitFor();
  // What was offered to somebody unknown makes room for what this person may have.
  await page.locator('.offers[data-ready=true] .offer').first().waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('a');
  await page.getByTestId('told').first().waitFor();
  await office.hangUp(callId);
  await page.locator('[data-testid=call][data-status=ended]').waitFor();
  await page.keyboard.press('o');
  await page.locator('input[type=radio]:focus').waitFor();
  await page.keyboard.press('7');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

async function look(session: CDPSession): Promise<Omit<Held, 'minute'>> {
  // What a finaliser lets go of is collected the second time.
  for (let times = 0; times < 2; times += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { heap: Math.round(usedSize / 1_000), nodes, listeners: jsEventListeners };
}
