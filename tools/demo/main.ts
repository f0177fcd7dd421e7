import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type DemoOptions, readOptions, USAGE, UsageError } from './options.js';
import { cdnow, type Dataset, expectedRecords, PUBLIC_SOURCE, twin } from './purchases/dataset.js';
import { UnreadableFile } from './purchases/read-purchases.js';
import { checksOf } from './report/checks.js';
import { count, Progress } from './report/progress.js';
import { summaryOf } from './report/summary.js';
import { runDemo } from './run-demo.js';
import { DemoFailure, findSystem } from './system/find-system.js';
import { HubError } from './system/hub.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const progress = new Progress({
  moving: process.stdout.isTTY,
  columns: process.stdout.columns || 80,
  write: (text) => void process.stdout.write(text),
});

async function chooseDataset({ data, customers, seed }: DemoOptions): Promise<Dataset> {
  // npm runs scripts in the repository; a path is meant from where the command was typed.
  const folders = [process.env['INIT_CWD'] ?? process.cwd(), process.cwd()];
  const found = data === undefined ? undefined : await cdnow(data, folders);
  if (data !== undefined && !found) {
    progress.say(`There is no file ${data}. It is public: ${PUBLIC_SOURCE}.`);
    progress.say('Its generated twin plays instead.');
  }
  return found ?? twin({ customers, seed });
}

async function play(options: DemoOptions, signal: AbortSignal): Promise<number> {
  const dataset = await chooseDataset(options);
  const { purchases, title } = dataset;
  const customers = expectedRecords(purchases).length;
  progress.say(`${title}: ${count(purchases.length)} purchases of ${count(customers)} customers`);
  const loyalty = await readFile(new URL('./story/loyalty.yaml', import.meta.url), 'utf8');
  const system = await findSystem(options, { root, env: process.env, progress, signal });
  try {
    const { url, keys } = system;
    const result = await runDemo({ dataset, url, keys, loyalty, progress, signal });
    for (const line of summaryOf(result)) progress.say(line);
    if (!system.started) progress.say(`  Look around: ${url}/sandbox (the mailbox), ${url}/docs (the API)`);
    return checksOf(result).every(({ holds }) => holds) ? 0 : 1;
  } finally {
    if (system.started) {
      progress.say('Stopping the system that the demo started; `npm start` starts it again with these data');
      await system.started.stop();
    }
  }
}

/** @returns the exit code */
async function main(): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () =>
      stop.abort(new DemoFailure('Stopped. What was sent is kept; a rerun sends the rest.')),
    );
  // A closed terminal or pipe must not end the demo before the system it started.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => stop.abort());
  try {
    const options = readOptions(process.argv.slice(2), process.env);
    if (options !== 'help') return await play(options, stop.signal);
    progress.say(USAGE);
    return 0;
  } catch (error) {
    const told = [UsageError, UnreadableFile, DemoFailure, HubError].some((type) => error instanceof type);
    progress.say(told ? (error as Error).message : `The demo failed: ${describe(error)}`);
    return stop.signal.aborted ? 130 : 1;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch says only that it failed; its cause says why.
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

process.exit(await main());
