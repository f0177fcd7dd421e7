import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { FakeRepository, isAlive } from './fake-repository.js';

jest.setTimeout(60_000);

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(20);
}

describe('the bootstrap', () => {
  let repository: FakeRepository;
  beforeEach(() => (repository = new FakeRepository()));
  afterEach(() => repository.remove());

  describe('npm start', () => {
    it('installs and builds once, starts everything, and prints addresses, keys and something to try', async () => {
      const first = repository.run('start.mjs');
      await first.until('Ctrl-C stops');
      for (const text of [
        'http://localhost:4000/shop',
        '/sandbox',
        '/docs',
        'wk',
        'sk',
        'ak',
        'ss',
        'Seeded 3 offers',
      ]) {
        expect(first.output).toContain(text);
      }
      expect(first.output).toContain(
        "curl -s http://localhost:4000/v1/decisions -H 'Authorization: Bearer sk'",
      );
      const [core, sandbox, shop] = ['core', 'sandbox', 'storefront'].map((name) =>
        repository.json(`${name}.json`),
      );
      expect(core).toMatchObject({
        REPARTEE_PAGES_SANDBOX: `http://127.0.0.1:${String(sandbox!['SANDBOX_PORT'])}`,
        REPARTEE_PAGES_SHOP: `http://127.0.0.1:${String(shop!['STOREFRONT_PORT'])}`,
        EMAIL_SMTP_HOST: '127.0.0.1',
        EMAIL_SMTP_PORT: sandbox!['SANDBOX_SMTP_PORT'],
        EMAIL_SMTP_FROM: 'hello@fieldnote.example',
      });
      expect(shop).toMatchObject({
        REPARTEE_URL: 'http://localhost:4000',
        REPARTEE_WRITE_KEY: 'wk',
        REPARTEE_SERVER_KEY: 'sk',
        REPARTEE_SIGNING_SECRET: 'ss',
      });
      first.child.kill('SIGTERM');
      expect(await first.ended).toBe(0);

      const second = repository.run('start.mjs');
      await second.until('Ctrl-C stops');
      second.child.kill('SIGTERM');
      expect(await second.ended).toBe(0);
      expect(repository.read('npm.txt').trim().split('\n')).toHaveLength(1);
      expect(repository.read('nx.txt').trim().split('\n')).toHaveLength(1);
    });

    it('leaves a mail server that the user set alone', async () => {
      const run = repository.run('start.mjs', { EMAIL_SMTP_HOST: 'mail.example.org', EMAIL_SMTP_PORT: '25' });
      await run.until('Ctrl-C stops');
      expect(repository.json('core.json')).toMatchObject({
        EMAIL_SMTP_HOST: 'mail.example.org',
        EMAIL_SMTP_PORT: '25',
      });
    });

    it("stops in order at a terminal's Ctrl-C, which npm passes on a second time", async () => {
      const run = repository.run('start.mjs');
      await run.until('Ctrl-C stops');
      process.kill(-run.child.pid!, 'SIGINT');
      await pause(50);
      run.child.kill('SIGINT');
      expect(await run.ended).toBe(0);
      const order = repository.read('order.txt').trim().split('\n');
      expect(order).not.toContain(expect.stringContaining('interrupted'));
      expect(order.slice(0, 2).sort()).toEqual(['core asked', 'storefront asked']);
      expect(order.slice(-2)).toEqual(['sandbox asked', 'sandbox stopped']);
      expect(run.lines.at(-1)).toBe('Stopped.');
    });

    it('stops while it still starts', async () => {
      const run = repository.run('start.mjs');
      await run.until('Starting');
      await pause(60);
      run.child.kill('SIGTERM');
      expect(await run.ended).toBe(0);
    });

    it('forces the end at a second, later Ctrl-C', async () => {
      const run = repository.run('start.mjs', { FAKE_CORE: 'stubborn' });
      await run.until('Ctrl-C stops');
      run.child.kill('SIGINT');
      await pause(1_200);
      expect(run.child.exitCode).toBeNull();
      run.child.kill('SIGINT');
      expect(await run.ended).toBe(130);
      await until(() => !isAlive(repository.json('core.json')['pid']));
    });

    it('leaves nobody behind when it is killed', async () => {
      const run = repository.run('start.mjs');
      await run.until('Ctrl-C stops');
      run.child.kill('SIGKILL');
      await run.ended;
      for (const name of ['core', 'sandbox', 'storefront']) {
        await until(() => repository.read('order.txt').includes(`${name} left alone`));
        await until(() => !isAlive(repository.json(`${name}.json`)['pid']));
      }
    });

    it('prints only the one line of a core that cannot start', async () => {
      const run = repository.run('start.mjs', { FAKE_CORE: 'fails' });
      expect(await run.ended).toBe(1);
      const after = run.lines.slice(run.lines.findIndex((line) => line.startsWith('Starting')) + 1);
      expect(after).toEqual(['DATABASE_URL cannot be reached: connection refused']);
      const sandbox = repository.read('sandbox.json');
      if (sandbox) expect(isAlive((JSON.parse(sandbox) as { pid: number }).pid)).toBe(false);
    });

    it('keeps its logs elsewhere for a data folder that cannot be written, and takes them along', async () => {
      const before = readdirSync(tmpdir()).filter((name) => name.startsWith('repartee-logs-'));
      const blocked = join(repository.root, 'package.json/data');
      const run = repository.run('start.mjs', { FAKE_CORE: 'fails', DATA_DIR: blocked });
      expect(await run.ended).toBe(1);
      expect(run.lines.at(-1)).toBe('DATABASE_URL cannot be reached: connection refused');
      const after = readdirSync(tmpdir()).filter((name) => name.startsWith('repartee-logs-'));
      expect(after).toEqual(before);
    });

    it('names a process that crashes, shows its last lines and stops the rest', async () => {
      const run = repository.run('start.mjs', { FAKE_STOREFRONT: 'crashes' });
      expect(await run.ended).toBe(1);
      const log = join(repository.root, '.data/logs/storefront.log');
      expect(run.lines.slice(-2)).toEqual([
        'the last words',
        `storefront stopped (exit code 3). Its log: ${log}`,
      ]);
      expect(repository.read('order.txt')).toContain('core stopped');
    });

    it('says in one line that the port is taken, before any work', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const run = repository.run('start.mjs', { PORT: String(port) });
      expect(await run.ended).toBe(1);
      other.close();
      expect(run.lines).toEqual([
        `Port ${port} is in use: stop what runs there, or set PORT to another one.`,
      ]);
      expect(repository.read('npm.txt')).toBe('');
    });

    it('shows what npm or the build printed when they fail', async () => {
      const install = repository.run('start.mjs', { FAKE_NPM: 'fails' });
      expect(await install.ended).toBe(1);
      expect(install.lines.slice(-2)).toEqual([
        'npm error 404 no such package',
        'npm ci failed (exit code 1).',
      ]);
      const build = repository.run('start.mjs', { FAKE_NX: 'fails' });
      expect(await build.ended).toBe(1);
      expect(build.lines.slice(-2)).toEqual([
        'libs/a/src/index.ts: unexpected token',
        'The build failed (exit code 1).',
      ]);
    });
  });

  describe('npm run', () => {
    it('builds again when a source or a target changed, installs again when the lock file did', async () => {
      repository.write(
        'tools/dist/demo/main.js',
        'console.log(process.argv.slice(2).join("|")); process.exit(7);',
      );
      const counts = async () => {
        const run = repository.run('run.mjs', {}, ['tools/dist/demo/main.js', '--data', 'a file']);
        expect(await run.ended).toBe(7);
        expect(run.lines.at(-1)).toBe('--data|a file');
        return ['npm.txt', 'nx.txt'].map((file) => repository.read(file).split('\n').length - 1);
      };
      expect(await counts()).toEqual([1, 1]);
      repository.write('apps/core/src/a.spec.ts', 'a test is no source');
      expect(await counts()).toEqual([1, 1]);
      repository.write('apps/core/src/a.ts', 'changed');
      expect(await counts()).toEqual([1, 2]);
      rmSync(join(repository.root, 'apps/core/dist'), { recursive: true });
      expect(await counts()).toEqual([1, 3]);
      repository.write(
        'package-lock.json',
        '{"packages":{"":{},"apps/core":{},"node_modules/a":{"version":"1.0.0"}}}',
      );
      expect(await counts()).toEqual([2, 4]);
    });
  });

  describe('npm test', () => {
    const results = (counts: Record<string, number>) => ({ FAKE_RESULTS: JSON.stringify(counts) });

    it('passes arguments on and ends with the counts', async () => {
      const env = results({ numPassedTests: 12, numFailedTests: 0, numPendingTests: 1, numTodoTests: 2 });
      const run = repository.run('test.mjs', env, ['--selectProjects', 'core']);
      expect(await run.ended).toBe(0);
      expect(run.lines.at(-1)).toBe('12 passed, 0 failed, 3 skipped');
      const { args, chromium } = repository.json('jest.json') as { args: string[]; chromium: string };
      expect(args).toEqual(expect.arrayContaining(['--ci', '--maxWorkers=2', '--selectProjects', 'core']));
      expect(chromium).toBe(join(repository.root, 'bin/chromium'));
    });

    it.each([
      [
        'a suite that does not run',
        results({ numPassedTests: 5, numRuntimeErrorTestSuites: 1 }),
        '5 passed, 1 failed',
      ],
      ['failed tests', results({ numPassedTests: 5, numFailedTests: 2 }), '5 passed, 2 failed'],
      ['a run that fails although all tests passed', results({ numPassedTests: 5 }), '5 passed, 1 failed'],
      ['a run that ends without results', {}, '0 passed, 1 failed'],
    ])('counts %s as failed', async (_, env, line) => {
      const run = repository.run('test.mjs', { ...env, FAKE_CODE: '1' });
      expect(await run.ended).toBe(1);
      expect(run.lines.at(-1)).toBe(`${line}, 0 skipped`);
    });

    it('ends with the counts when nothing could be run', async () => {
      const run = repository.run('test.mjs', { FAKE_NPM: 'fails' });
      expect(await run.ended).toBe(1);
      expect(run.lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
    });
  });
});
