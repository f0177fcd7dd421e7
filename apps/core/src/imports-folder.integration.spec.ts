import { FeedWatcher } from '@repartee/ingestion';
import { ManualClock } from '@repartee/platform/testing';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportView } from './testing/imports.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until } from './testing/visibly.js';

const MINUTE = 60_000;
const mapping = { fields: [{ from: 'id', to: 'userId' }] };

jest.setTimeout(60_000);

interface Feed {
  problem: string | null;
  lastLookAt: string | null;
  nextLookAt: string;
}

describe('a watched folder', () => {
  let core: CoreUnderTest;
  let root: string;
  let inbox: string;
  const clock = new ManualClock();

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'repartee-inbox-'));
    inbox = join(root, 'crm', 'daily');
    await mkdir(inbox, { recursive: true });
    core = await startCore({ clock, environment: { REPARTEE_IMPORT_DIR: root } });
    await put('crm', {});
  });
  afterAll(async () => {
    await core.stop();
    await rm(root, { recursive: true, force: true });
  });

  const put = async (key: string, more: object) => {
    const body = {
      folder: 'crm/daily',
      pattern: '*.csv',
      source: 'crm',
      schedule: 'every 5 minutes',
      mapping,
      ...more,
    };
    return core.call<Feed>(`PUT /v1/import-feeds/${key}`, { key: 'admin', body });
  };
  const feed = async (key: string) =>
    (await core.call<Feed>(`GET /v1/import-feeds/${key}`, { key: 'admin' })).body;
  const drop = async (name: string, content: string, age = 60) => {
    await writeFile(join(inbox, name), content);
    const then = Date.now() / 1000 - age;
    await utimes(join(inbox, name), then, then);
  };
  const look = async () => {
    clock.advance(5 * MINUTE);
    await core.app.get(FeedWatcher, { strict: false }).lookAround();
  };
  const report = async (path: string) =>
    JSON.parse(await readFile(join(inbox, `${path}.report.json`), 'utf8')) as {
      reason?: string;
      import: ImportView;
    };
  const there = async (path: string) => {
    await until(path, async () => {
      await core.app.get(FeedWatcher, { strict: false }).lookAround();
      return (await readdir(inbox, { recursive: true })).includes(path);
    });
  };
  const imports = async () =>
    (await core.call<{ items: ImportView[] }>('GET /v1/imports?limit=200', { key: 'admin' })).body.items;

  it('has its files imported and put away, with a report and what was rejected beside', async () => {
    await drop('a.csv', 'id\n1\n2,x\n3\n');
    await drop('ignored.txt', 'id\n9\n');
    await look();
    await there('done/a.csv');
    expect((await report('done/a.csv')).import).toMatchObject({
      state: 'done',
      feed: 'crm',
      fileName: 'a.csv',
      rows: { accepted: 2, rejected: 1 },
    });
    expect(await readFile(join(inbox, 'done/a.csv.rejected.csv'), 'utf8')).toBe(
      'rejected_line,rejected_reason,id\n3,has 2 cells where the header has 1,2,x\n',
    );
    expect(await readdir(inbox)).toEqual(['done', 'failed', 'ignored.txt', 'importing']);
  });

  it('puts a file that cannot be imported apart, and says why', async () => {
    await drop('b.csv', 'name\nAnn\n');
    await drop('empty.csv', '');
    await look();
    await there('failed/b.csv');
    expect((await report('failed/b.csv')).import.reason).toMatch(/no such column/);
    expect((await report('failed/empty.csv')).reason).toBe('the file is empty');
  });

  it('takes the same content once, whatever it is called', async () => {
    const before = await imports();
    await drop('again.csv', 'id\n1\n2,x\n3\n');
    await look();
    await there('done/again.csv');
    expect((await report('done/again.csv')).reason).toBe('the same file was imported before');
    expect(await imports()).toHaveLength(before.length);
    await drop('a.csv', 'id\n1\n2\n3\n4\n');
    await look();
    await until('both files', async () => {
      await core.app.get(FeedWatcher, { strict: false }).lookAround();
      return (await readdir(join(inbox, 'done'))).filter((name) => name.endsWith('a.csv')).length === 2;
    });
    expect((await imports())[0]).toMatchObject({ rows: { accepted: 4 }, events: { written: 2, known: 2 } });
  });

  it('leaves a file alone that is still being written', async () => {
    await drop('growing.csv', 'id\n10\n', 0);
    await look();
    expect(await readdir(inbox)).toContain('growing.csv');
    await drop('growing.csv', 'id\n10\n11\n', 60);
    await look();
    await there('done/growing.csv');
    expect((await report('done/growing.csv')).import.rows.accepted).toBe(2);
  });

  it('never leaves the import folder', async () => {
    const secret = await mkdtemp(join(tmpdir(), 'repartee-secret-'));
    await writeFile(join(secret, 'secret.csv'), 'id\nsecret\n');
    await utimes(join(secret, 'secret.csv'), 1, 1);
    await symlink(join(secret, 'secret.csv'), join(inbox, 'link.csv'));
    await symlink(secret, join(root, 'out'));
    await put('out', { folder: 'out' });
    await put('gone', { folder: 'gone' });
    const before = await imports();
    await look();
    expect((await feed('out')).problem).toMatch(/leads out of the import folder/);
    expect((await feed('gone')).problem).toMatch(/is not there/);
    expect((await feed('crm')).problem).toBeNull();
    expect(await imports()).toHaveLength(before.length);
    expect(await readdir(secret)).toEqual(['secret.csv']);
    await rm(join(inbox, 'link.csv'));
    await rename(join(inbox, 'done'), join(inbox, 'old'));
    await symlink(secret, join(inbox, 'done'));
    await drop('c.csv', 'id\n77\n');
    await look();
    expect((await feed('crm')).problem).toMatch(/done must be a folder/);
    expect(await readdir(secret)).toEqual(['secret.csv']);
    await rm(secret, { recursive: true });
  });

  it.each([
    [{ folder: '../etc' }, 400],
    [{ folder: '/etc' }, 400],
    [{ folder: 'a/../../b' }, 400],
    [{ folder: '.' }, 400],
    [{ pattern: '../*' }, 400],
    [{ schedule: 'daily' }, 422],
    [{ mapping: 'nobody' }, 404],
  ])('is refused: %j', async (flaw, status) => {
    expect((await put('flawed', flaw)).status).toBe(status);
  });

  it('is looked at when it is time', async () => {
    const { body } = await put('nightly', { schedule: '30 2 * * *', folder: 'crm' });
    expect(body.nextLookAt).toMatch(/T02:30:00/);
    expect((await core.call('DELETE /v1/import-feeds/nightly', { key: 'admin' })).status).toBe(204);
    expect((await core.call('GET /v1/import-feeds/nightly', { key: 'admin' })).status).toBe(404);
    expect((await core.call('GET /v1/import-feeds')).status).toBe(403);
  });
});
