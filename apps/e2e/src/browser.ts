import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Somebody with a browser of their own: cookies and storage are shared with nobody. */
export interface Visitor {
  page: Page;
  /** What went wrong in the page: exceptions, errors on the console, requests that failed. */
  troubles: string[];
  leave(): Promise<void>;
}

/** Starts Chromium: `REPARTEE_CHROMIUM`, or the first one on PATH. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: FLAGS, timeout: 60_000 });
}

/** How somebody's browser is set up. */
export interface Habits {
  /** Language; English unless told. */
  locale?: string;
  colorScheme?: 'light' | 'dark';
  /** CSS pixels. */
  viewport?: { width: number; height: number };
}

export async function newVisitor(browser: Browser, habits: Habits = {}): Promise<Visitor> {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
    ...habits,
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // A page that is left ends what it no longer needs.
    if (why !== 'net::ERR_ABORTED') troubles.push(`request: ${request.url()} ${why}`);
  });
  return { page, troubles, leave: () => context.close() };
}

function findChromium(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const found = [
    process.env['REPARTEE_CHROMIUM'] ?? '',
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
  ].find(isExecutable);
  if (found) return found;
  throw new Error(
    'These tests need Chromium: install it, on Debian with "apt-get install chromium", or set REPARTEE_CHROMIUM to its path.',
  );
}

function isExecutable(path: string): boolean {
  if (!path) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
