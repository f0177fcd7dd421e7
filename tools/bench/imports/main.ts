import { startEmbeddedPostgres } from '@repartee/platform';
import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { call, type Core, startCore } from '../core.js';
import { type FileFacts, MAPPING, peopleFile } from './people-file.js';

const MEGABYTE = 1024 * 1024;
const SETTLE = 5000;
const LOOK = 250;

interface Import {
  id: string;
  state: string;
  reason: string | null;
  rows: { read: number; accepted: number; rejected: number };
  events: { written: number; known: number };
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Resident memory of a process in megabytes: VmRSS of proc(5). */
function resident(pid: number): number {
  return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Sends a file as it is made. */
function upload(core: Core, pieces: Iterable<Buffer>): Promise<Import> {
  const query = new URLSearchParams({
    mapping: JSON.stringify(MAPPING),
    source: 'bench',
    maxRejected: '10000000',
  });
  return new Promise((done, failed) => {
    const sending = request(
      {
        port: core.port,
        host: '127.0.0.1',
        method: 'POST',
        path: `/v1/imports?${query.toString()}`,
        headers: { authorization: `Bearer ${core.keys.admin}`, 'content-type': 'text/csv' },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (answer.statusCode === 202) done(JSON.parse(text) as Import);
          else failed(new Error(`${answer.statusCode}: ${text}`));
        });
      },
    );
    sending.on('error', failed);
    Readable.from(pieces).pipe(sending);
  });
}

/** Sends one generated file and waits until it is in the log. */
async function importFile(core: Core, megabytes: number) {
  const facts: FileFacts = { bytes: 0, rows: 0, broken: 0 };
  const started = performance.now();
  const { id } = await upload(core, peopleFile(megabytes * MEGABYTE, facts));
  const sent = performance.now();
  let view: Import | undefined;
  while (!view || view.state === 'queued' || view.state === 'running') {
    await pause(LOOK);
    // A core under load may say so instead; it is asked again.
    view = await call<Import>(core, 'GET', `/v1/imports/${id}`).catch(() => view);
  }
  if (view.state !== 'done' || view.rows.read !== facts.rows || view.rows.rejected !== facts.broken)
    throw new Error(`the import ended wrongly: ${JSON.stringify(view)}`);
  return { facts, toReceive: (sent - started) / 1000, toImport: (performance.now() - sent) / 1000 };
}

/** Imports one generated file and says how fast it went and what memory it took. */
async function measure(core: Core, megabytes: number): Promise<void> {
  const pid = core.child.process.pid ?? 0;
  await pause(SETTLE);
  const idle = resident(pid);
  let peak = idle;
  const watching = setInterval(() => (peak = Math.max(peak, resident(pid))), LOOK);
  try {
    const { facts, toReceive, toImport } = await importFile(core, megabytes);
    const { bytes, rows, broken } = facts;
    say(`file: ${(bytes / MEGABYTE).toFixed(0)} MB, ${rows} rows, ${broken} of them broken`);
    say(`received and kept in ${toReceive.toFixed(1)} s`);
    say(`in the log after ${toImport.toFixed(1)} s more: ${Math.round(rows / toImport)} rows/s`);
    say(
      `memory of the core: ${idle.toFixed(0)} MB idle, ${peak.toFixed(0)} MB at most, ${(peak - idle).toFixed(0)} MB above`,
    );
  } finally {
    clearInterval(watching);
  }
}

async function main(): Promise<void> {
  const megabytes = Number(/^--megabytes=(\d+)$/.exec(process.argv[2] ?? '')?.[1] ?? 1024);
  const folder = join(resolve(process.env['DATA_DIR'] ?? '.data'), `bench-import-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'database') });
  let core: Core | undefined;
  try {
    core = await startCore({ cores: undefined, databaseUrl: postgres.url, dataDir: join(folder, 'core') });
    await measure(core, megabytes);
  } finally {
    await core?.child.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
