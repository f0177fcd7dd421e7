import type { Bench } from '../bench.js';
import { findChromium, openChromium } from './chromium.js';
import { measureFirstLoad, measureWebSdk } from './first-load.js';
import { measureHeap, STEADY } from './heap.js';
import { Office } from './office.js';
import { measureScreenPop } from './screen-pop.js';

/** The faces as people have them: the agents' desk in Chromium, and what a site loads. */
export async function measureDesk(bench: Bench, databaseUrl: string, folder: string): Promise<void> {
  await measureWebSdk(bench);
  const chromium = findChromium();
  if (chromium === undefined)
    return bench.progress(
      'The desk is left out: there is no Chromium (install it, or set REPARTEE_CHROMIUM)',
    );
  const [browser, steady] = await Promise.all([openChromium(chromium), openChromium(chromium, STEADY)]);
  try {
    const office = await Office.open(bench, browser, databaseUrl, folder);
    try {
      await measureFirstLoad(bench, office);
      await measureScreenPop(bench, office);
      await measureHeap(bench, office, steady);
    } finally {
      await office.core.child.stop();
    }
  } finally {
    await Promise.all([browser.close(), steady.close()]);
  }
}
