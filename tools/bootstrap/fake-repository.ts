import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A program that notes its environment, says it is ready, and notes how it ends. */
const CHILD = `
import { appendFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
const name = process.argv[1].split('/apps/')[1].split('/')[0];
const root = process.argv[1].split('/apps/')[0];
const note = (what) => appendFileSync(root + '/order.txt', name + ' ' + what + '\\n');
const behaviour = process.env['FAKE_' + name.toUpperCase()] ?? '';
writeFileSync(root + '/' + name + '.json', JSON.stringify({ ...process.env, pid: process.pid }));
process.on('SIGINT', () => note('interrupted'));
process.on('disconnect', () => { note('left alone'); process.exit(0); });
process.on('SIGTERM', () => {
  note('asked');
  if (behaviour !== 'stubborn') setTimeout(() => { note('stopped'); process.exit(0); }, 100);
});
if (behaviour === 'fails') {
  console.log('noise that stays in the log');
  process.send({ type: 'failed', reason: 'DATABASE_URL cannot be reached: connection refused' });
  process.exit(1);
}
setTimeout(() => {
  process.send({
    type: 'ready',
    url: 'http://localhost:4000',
    keys: { write: 'wk', server: 'sk', admin: 'ak', signingSecret: 'ss' },
    summary: name === 'core' ? ['Seeded 3 offers'] : undefined,
  });
  if (behaviour === 'crashes') setTimeout(() => { console.error('the last words'); process.exit(3); }, 300);
}, 100);
setInterval(() => undefined, 1000);
`;

const NPM = `
import { appendFileSync, copyFileSync, mkdirSync, cpSync } from 'node:fs';
appendFileSync('npm.txt', process.argv.slice(2).join(' ') + '\\n');
if (process.env.FAKE_NPM === 'fails') { console.error('npm error 404 no such package'); process.exit(1); }
cpSync('packages', 'node_modules', { recursive: true });
copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
`;

const NX = `
const { appendFileSync, mkdirSync } = require('node:fs');
appendFileSync('nx.txt', process.argv.slice(2).join(' ') + '\\n');
if (process.env.FAKE_NX === 'fails') { console.log('libs/a/src/index.ts: unexpected token'); process.exit(1); }
mkdirSync('apps/core/dist', { recursive: true });
console.log('✔  nx run @repartee/core:build');
`;

const JEST = `
const { writeFileSync } = require('node:fs');
const file = process.argv.find((arg) => arg.startsWith('--outputFile=')).slice(13);
writeFileSync('jest.json', JSON.stringify({ args: process.argv.slice(2), chromium: process.env.REPARTEE_CHROMIUM }));
const results = process.env.FAKE_RESULTS;
if (results) writeFileSync(file, results);
process.exit(Number(process.env.FAKE_CODE ?? 0));
`;

/** A repository of fakes around the real bootstrap, at a path with a space in it. */
export class FakeRepository {
  readonly root = join(realpathSync(mkdtempSync(join(tmpdir(), 'repartee-bootstrap-'))), 'a clone');
  readonly #runs: Run[] = [];

  constructor() {
    cpSync(__dirname, join(this.root, 'tools/bootstrap'), { recursive: true });
    for (const name of ['core', 'sandbox']) this.write(`apps/${name}/dist/main.js`, CHILD);
    this.write('apps/storefront/dist/server/main.js', CHILD);
    this.write('package.json', '{"type":"module"}');
    this.write('apps/core/package.json', '{"type":"module","scripts":{"build":"x"}}');
    this.write('package-lock.json', '{"packages":{"":{},"apps/core":{}}}');
    this.write('npm/npm-cli.js', NPM);
    this.write('packages/nx/package.json', '{"bin":{"nx":"./nx.cjs"}}');
    this.write('packages/nx/nx.cjs', NX);
    this.write('packages/jest/bin/package.json', '{"type":"commonjs"}');
    this.write('packages/jest/bin/jest.js', JEST);
    for (const name of ['chromium', 'nats-server', 'exim4']) this.write(`bin/${name}`, '#!/bin/sh\n', 0o755);
  }

  write(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text, { mode });
  }

  read(path: string): string {
    return existsSync(join(this.root, path)) ? readFileSync(join(this.root, path), 'utf8') : '';
  }

  json(path: string): Record<string, unknown> {
    return JSON.parse(this.read(path)) as Record<string, unknown>;
  }

  /** Runs one of the bootstrap's scripts, as the leader of a process group, with stdin closed. */
  run(script: string, env: NodeJS.ProcessEnv = {}, args: string[] = []): Run {
    // What an outer `npm test` has found must not be found here again.
    const {
      npm_lifecycle_event: _event,
      REPARTEE_CHROMIUM: _chromium,
      REPARTEE_NATS_SERVER: _nats,
      REPARTEE_EXIM: _exim,
      ...inherited
    } = process.env;
    const child = spawn(process.execPath, [join(this.root, 'tools/bootstrap', script), ...args], {
      cwd: this.root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...inherited,
        PORT: '0',
        npm_execpath: join(this.root, 'npm/npm-cli.js'),
        PATH: `${join(this.root, 'bin')}:${process.env['PATH']}`,
        ...env,
      },
    });
    const run = new Run(child);
    this.#runs.push(run);
    return run;
  }

  /** Ends what still runs; the children of a killed run end by themselves. */
  async remove(): Promise<void> {
    for (const { child, ended } of this.#runs) {
      child.kill('SIGKILL');
      await ended;
    }
    const pids = ['core', 'sandbox', 'storefront']
      .filter((name) => this.read(`${name}.json`))
      .map((name) => this.json(`${name}.json`)['pid']);
    while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
    rmSync(dirname(this.root), { recursive: true, force: true });
  }
}

/** A process that ended and that nobody has collected yet is not alive. */
export function isAlive(pid: unknown): boolean {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 && !stdout.startsWith('Z');
}

/** A running script and what it prints. */
export class Run {
  output = '';
  readonly ended: Promise<number | null>;

  constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.ended = new Promise((resolve) => child.once('close', (code) => resolve(code)));
  }

  /** Waits until the output holds the text. */
  async until(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      if (this.child.exitCode !== null)
        throw new Error(`It ended with ${this.child.exitCode}:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  get lines(): string[] {
    return this.output.split('\n').filter((line) => line.trim() !== '');
  }
}
