import { createDataSource, startEmbeddedPostgres } from '@repartee/platform';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type CoreProcess, freePort, startCoreProcess } from './testing/core-process.js';
import { ended, type ImportView, uploadQuery } from './testing/imports.js';
import { until } from './testing/visibly.js';

const ROWS = 60_000;
/** Every so many rows one is broken. */
const BROKEN = 500;
const KILLS = 4;

jest.setTimeout(180_000);

const row = (index: number) => (index % BROKEN === 0 ? `${index},"open` : `${index},"Name ${index}"`);
const file = `id,name\n${Array.from({ length: ROWS }, (_none, index) => row(index)).join('\n')}\n`;

describe('a core that is killed while it imports', () => {
  let dataDir: string;
  let environment: Record<string, string>;
  let core: CoreProcess;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'repartee-import-kill-'));
    environment = { PORT: String(await freePort()), DATA_DIR: dataDir };
    core = await startCoreProcess(environment);
  });
  afterAll(async () => {
    await core.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const view = async (id: string) =>
    (await core.call<ImportView>(`GET /v1/imports/${id}`, { key: 'admin' })).body;

  it('has every row once in the end, and every broken row once among the rejected', async () => {
    const mapping = {
      fields: [
        { from: 'id', to: 'userId' },
        { from: 'name', to: 'traits.name' },
      ],
    };
    const sent = await core.call<ImportView>(`/v1/imports?${uploadQuery({ mapping, source: 'killed' })}`, {
      key: 'admin',
      body: gzipSync(file),
      headers: { 'content-type': 'application/gzip' },
    });
    expect(sent.status).toBe(202);
    const { id } = sent.body;
    const seen: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = seen.at(-1) ?? 0;
      const { rows } = await until('progress', async () => {
        const now = await view(id);
        return (now.rows.read > before || now.state === 'done') && now;
      });
      seen.push(rows.read);
      await core.kill();
      core = await startCoreProcess(environment);
    }
    // The first kill came in the middle.
    expect(seen[0]).toBeLessThan(ROWS);
    const done = await ended(core.call, id);
    const broken = ROWS / BROKEN;
    expect(done).toMatchObject({
      state: 'done',
      rows: { read: ROWS, accepted: ROWS - broken, rejected: broken },
      events: { written: ROWS - broken, known: 0 },
    });
    // The file goes once the end is on record.
    await until('an empty spool', async () => (await readdir(join(dataDir, 'imports'))).length === 1);
    await core.stop();
    expect(await readDatabase(dataDir)).toEqual({
      logged: ROWS - broken,
      different: ROWS - broken,
      refused: broken,
      lost: 0,
    });
  });
});

/** The database as the stopped core has left it. */
async function readDatabase(dataDir: string) {
  const postgres = await startEmbeddedPostgres({ dataDir });
  const source = await createDataSource({ url: postgres.url, entities: [], migrations: [] }).initialize();
  try {
    const [counts] = await source.query<
      [{ logged: number; different: number; refused: number; lost: number }]
    >(`SELECT (SELECT count(*)::int FROM event_log WHERE source = 'killed') AS logged,
              (SELECT count(DISTINCT payload->>'userId')::int FROM event_log WHERE source = 'killed') AS different,
              (SELECT count(*)::int FROM import_refusal) AS refused,
              (SELECT count(*)::int FROM import_key WHERE key NOT IN (
                 SELECT encode(decode(translate(substr(message_id, 8), '-_', '+/') || '==', 'base64'), 'hex')::uuid
                 FROM event_log WHERE source = 'killed')) AS lost`);
    return counts;
  } finally {
    await source.destroy();
    await postgres.stop();
  }
}
