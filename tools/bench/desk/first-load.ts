import { build } from 'esbuild';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Bench } from '../bench.js';
import { type Noted, WATCH_LOAD } from './in-page.js';
import { AGENTS, type Office } from './office.js';

const SLOWED = 4;
/** Milliseconds after which no more work of the start is to come; what comes counts. */
const QUIET = 2_500;
const WEB_SDK = 'libs/clients/web-sdk/src/index.ts';

/** What the desk weighs when it is first opened, and when it can be used on a slow machine. */
export async function measureFirstLoad(bench: Bench, office: Office): Promise<void> {
  bench.progress('First load of the desk');
  const rounds: number[] = [];
  const asked = new Set<string>();
  for (let round = 0; round < bench.plan.rounds; round += 1) {
    const page = await office.seat(AGENTS[0] ?? '', WATCH_LOAD);
    page.on('request', (request) => {
      if (request.url().startsWith(`${office.url}/agent`)) asked.add(request.url());
    });
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    await page.goto(`${office.url}/agent`);
    await page.waitForFunction(() => 'usableAt' in globalThis, undefined, { polling: 100 });
    await sleep(QUIET);
    const { usableAt, busyUntil } = await page.evaluate(() => {
      const noted = globalThis as unknown as Noted;
      return { usableAt: noted.usableAt ?? NaN, busyUntil: noted.busyUntil };
    });
    rounds.push(Math.round(Math.max(usableAt, busyUntil)));
    await page.context().close();
  }
  const title = `The desk can be used, at ${SLOWED} × CPU slow-down and with nothing cached`;
  bench.recordValue({ key: 'interactive', title, unit: 'ms', goal: { atMost: 2_000 } }, rounds);
  const sizes = await Promise.all([...asked].map((url) => compressedSize(url)));
  const weight = sizes.reduce((sum, size) => sum + size, 0) / 1_000;
  bench.recordValue(
    { key: 'first load', title: 'First load of the desk', unit: 'KB gzip', goal: { atMost: 200 } },
    [weight],
    `${asked.size} files`,
  );
}

/** What a site loads with the web SDK. */
export async function measureWebSdk(bench: Bench): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [WEB_SDK],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
  });
  const bytes = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
  const measure = { key: 'web sdk', title: '@repartee/web', unit: 'KB gzip', goal: { atMost: 8 } };
  bench.recordValue(measure, [bytes / 1_000]);
}

/** As it travels to somebody who takes gzip. */
function compressedSize(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => resolve(bytes)).on('error', reject);
    }).on('error', reject);
  });
}
