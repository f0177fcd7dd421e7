import type { PrivacyRequest } from '@repartee/governance';
import { createDataSource, startEmbeddedPostgres } from '@repartee/platform';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CoreProcess, freePort, startCoreProcess } from './testing/core-process.js';
import { until } from './testing/visibly.js';

jest.setTimeout(300_000);

const PEOPLE = 12;

describe('a core that is killed while it erases', () => {
  let dataDir: string;
  let core: CoreProcess;
  let environment: Record<string, string>;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'repartee-erase-'));
    environment = { PORT: String(await freePort()), DATA_DIR: dataDir };
    core = await startCoreProcess(environment);
  });
  afterAll(async () => {
    await core.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('goes on where it was, and leaves nobody', async () => {
    const requests: string[] = [];
    for (let person = 0; person < PEOPLE; person += 1) {
      const userId = `forget-me-${person}`;
      await core.call('/v1/identify', {
        body: { userId, traits: { email: `${userId}@example.org` } },
        headers: { prefer: 'visible, wait=10' },
      });
      const answer = await core.call<{ requestId: string }>(`DELETE /v1/profiles/user_id:${userId}`);
      expect(answer.status).toBe(202);
      requests.push(answer.body.requestId);
      if (person % 4 === 1) {
        await core.kill();
        core = await startCoreProcess(environment);
      }
    }
    await core.kill();
    core = await startCoreProcess(environment);
    for (const id of requests) await until(`the erasure ${id}`, () => completed(core, id));
    await core.stop();
    expect(await traces(dataDir)).toBe(0);
  });
});

async function completed(core: CoreProcess, id: string): Promise<boolean> {
  return (await core.call<PrivacyRequest>(`GET /v1/privacy-requests/${id}`)).body.status === 'completed';
}

/** Events and identifiers that are left. */
async function traces(dataDir: string): Promise<number> {
  const postgres = await startEmbeddedPostgres({ dataDir });
  const source = await createDataSource({ url: postgres.url, entities: [], migrations: [] }).initialize();
  try {
    const [row] = await source.query<[{ left: number }]>(
      `SELECT ((SELECT count(*) FROM event_log WHERE payload::text LIKE '%forget-me%')
        + (SELECT count(*) FROM identifier) + (SELECT count(*) FROM profile)
        + (SELECT count(*) FROM privacy_request WHERE work IS NOT NULL))::int AS left`,
    );
    return row.left;
  } finally {
    await source.destroy();
    await postgres.stop();
  }
}
