import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `REPARTEE_CHROMIUM`, or the first one on PATH; undefined where there is none. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [process.env['REPARTEE_CHROMIUM'] ?? '', ...places].find((path) => path !== '' && runs(path));
}

/** @param engine flags of V8 */
export function openChromium(executablePath: string, engine: readonly string[] = []): Promise<Browser> {
  const args = engine.length > 0 ? [...FLAGS, `--js-flags=${engine.join(' ')}`] : FLAGS;
  return chromium.launch({ executablePath, args, timeout: 60_000 });
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
