import { randomBytes } from 'node:crypto';
import { type CoreProcess, freePort, startCoreProcess } from './testing/core-process.js';
import { createPlace, type Place } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

jest.setTimeout(60_000);

/** May make tables, and no extension: what a managed PostgreSQL gives an application. */
const USER = `plain_${randomBytes(6).toString('hex')}`;

describe('a PostgreSQL without pg_trgm', () => {
  let place: Place;
  let environment: Record<string, string>;
  let core: CoreProcess;
  const start = async () =>
    startCoreProcess({ ...environment, LOG_LEVEL: 'info', PORT: String(await freePort()) });
  const warnings = () =>
    core.said
      .join('')
      .split('\n')
      .filter((line) => line.includes('pg_trgm'));

  beforeAll(async () => {
    place = await createPlace();
    const { database, url } = place.database;
    await database.query(`CREATE ROLE ${USER} LOGIN NOSUPERUSER PASSWORD '${USER}'`);
    await database.query(`GRANT ALL ON SCHEMA public TO ${USER}`);
    await database.query(`ALTER TABLE migration OWNER TO ${USER}`);
    const own = new URL(url);
    Object.assign(own, { username: USER, password: USER });
    environment = { DATA_DIR: place.dataDir, DATABASE_URL: own.href };
    core = await start();
  });
  afterAll(async () => {
    await core.stop();
    await place.database.database.query(`DROP OWNED BY ${USER}`);
    await place.database.database.query(`DROP ROLE ${USER}`);
    await place.remove();
  });

  it('starts, with one line that says what is missing and what to do', () => {
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('CREATE EXTENSION pg_trgm');
    expect(core.said.join('')).not.toMatch(/\n\s+at /);
  });

  it('finds orders, and says why it finds no names', async () => {
    const properties = { order_id: 'A-77', total: 1 };
    await visibly(core.call, '/v1/identify', { userId: 'ann', traits: { name: 'Ann Abelard' } });
    await visibly(core.call, '/v1/track', { userId: 'ann', event: 'Order Completed', properties });
    expect((await core.call('GET /v1/profiles?q=A-77')).body['items']).toHaveLength(1);
    expect(await core.call('GET /v1/profiles?q=abelard')).toMatchObject({
      status: 503,
      body: { code: 'PROFILE.SEARCH_UNAVAILABLE' },
    });
  });

  it('finds names from the next start on once the extension is there', async () => {
    await core.stop();
    await place.database.database.query('CREATE EXTENSION pg_trgm');
    core = await start();
    expect(warnings()).toEqual([]);
    expect((await core.call('GET /v1/profiles?q=abelard')).body['items']).toHaveLength(1);
    const found = await place.database.database.query(
      `SELECT 1 FROM pg_indexes WHERE indexname = 'profile_search_text'`,
    );
    expect(found).toHaveLength(1);
  });
});
