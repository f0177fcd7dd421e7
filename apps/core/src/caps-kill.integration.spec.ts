import type { DecisionResponse } from '@repartee/contracts';
import { newId } from '@repartee/platform';
import { apply } from './testing/apply.js';
import { type CoreProcess, freePort, startCoreProcess } from './testing/core-process.js';
import { createPlace, type Place } from './testing/start-core.js';

const CLIENTS = 50;
const CAP = 100;
const LIVE = `
  SELECT count(*) FILTER (WHERE status = 'confirmed')::int AS confirmed,
         count(*) FILTER (WHERE status = 'held' AND expires_at > clock_timestamp())::int AS live,
         (SELECT sum(used)::int FROM cap_counter) AS used
    FROM cap_reservation`;
const SHOP = {
  version: 1,
  zones: [{ key: 'home.hero', channel: 'web' }],
  offers: [
    { key: 'voucher', name: 'Voucher', value: 100 },
    { key: 'plain', name: 'Plain', value: 1 },
  ],
  treatments: ['voucher', 'plain'].map((offer) => ({
    key: `${offer}.hero`,
    offer,
    channel: 'web',
    zones: ['home.hero'],
    content: { headline: offer },
  })),
  policies: [{ key: 'hundred', type: 'cap', of: { offers: ['voucher'] }, limit: CAP, hold: '2s' }],
};

jest.setTimeout(300_000);

describe('one hard cap, two cores and a kill', () => {
  let place: Place;
  let cores: CoreProcess[];

  beforeAll(async () => {
    place = await createPlace();
    const start = async () =>
      startCoreProcess({
        PORT: String(await freePort()),
        DATA_DIR: place.dataDir,
        DATABASE_URL: place.database.url,
      });
    cores = [await start()];
    cores.push(await start());
    await apply(cores[0]!, SHOP);
    while (!(await decide(cores[1]!))) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  afterAll(async () => {
    await Promise.all(cores.map((core) => core.stop()));
    await place.remove();
  });

  const decide = async (core: CoreProcess) => {
    const { body, status } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { anonymousId: newId() }, channel: 'web', zones: [{ zone: 'home.hero' }] },
    });
    return status === 200 ? body.zones[0]?.offers[0] : undefined;
  };
  const count = async () => {
    const [row] = await place.database.database.query<{ confirmed: number; live: number; used: number }>(
      LIVE,
    );
    return row!;
  };

  it('is never exceeded, and is reached in the end', async () => {
    const dead = new Set<CoreProcess>();
    let over = 0;
    let most = 0;
    let done = false;
    let decided = 0;
    const client = async (number: number) => {
      for (let turn = number; !done; turn += 1) {
        const living = cores.filter((core) => !dead.has(core));
        const core = living[turn % living.length]!;
        try {
          const offer = await decide(core);
          decided += 1;
          if (offer?.offer !== 'voucher') continue;
          // Half are shown, a few are known not to be, of the rest nobody hears.
          const type = ['impression', 'impression', 'not_presented', null][turn % 4];
          if (type != null)
            await core.call('/v1/responses', { body: { responseId: newId(), token: offer.token, type } });
        } catch {
          // The core died under the request: the client asks another.
        }
      }
    };
    const watch = async () => {
      while (!done) {
        const { confirmed, live } = await count();
        most = Math.max(most, confirmed + live);
        if (confirmed + live > CAP) over += 1;
        if (confirmed === CAP) done = true;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const clients = Array.from({ length: CLIENTS }, (_, number) => client(number));
    const watching = watch();
    while (decided < 60) await new Promise((resolve) => setTimeout(resolve, 5));
    dead.add(cores[0]!);
    await cores[0]!.kill();
    await Promise.all([watching, ...clients]);

    expect(over).toBe(0);
    expect(most).toBe(CAP);
    expect(await count()).toMatchObject({ confirmed: CAP, used: CAP });
    expect((await decide(cores[1]!))?.offer).toBe('plain');
  });
});
