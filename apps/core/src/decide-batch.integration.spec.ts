import type { DecisionResponse } from '@repartee/contracts';
import { newId } from '@repartee/platform';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const PEOPLE = 300;
const SHOP = {
  version: 1,
  prune: true,
  zones: [{ key: 'mail', channel: 'web' }],
  offers: [
    { key: 'tea', name: 'Tea', value: 5 },
    { key: 'gold', name: 'Gold', value: 50, eligibility: 'profile.traits.tier == "gold"' },
    { key: 'few', name: 'Few', value: 20 },
  ],
  treatments: ['tea', 'gold', 'few'].map((offer) => ({
    key: `${offer}-web`,
    offer,
    channel: 'web',
    zones: ['mail'],
    content: { headline: offer },
  })),
  policies: [{ key: 'hundred', type: 'cap', of: { offers: ['few'] }, limit: 100 }],
};
type Line = Partial<DecisionResponse> & { index: number; status?: number; code?: string };

describe('a batch of decisions', () => {
  let core: CoreUnderTest;
  const ask = (userId: string, more: object = {}) => ({
    identifiers: { userId },
    channel: 'web',
    zones: [{ zone: 'mail' }],
    ...more,
  });
  const send = async (body: string | Buffer, headers: Record<string, string> = {}): Promise<Line[]> => {
    const answer = await core.call('/v1/decisions/batch', {
      body,
      headers: { 'content-type': 'application/x-ndjson', ...headers },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    return answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  };
  const ndjson = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
  const offered = ({ zones = [] }: Partial<DecisionResponse>) => zones[0]?.offers[0]?.offer;
  const open = () => {
    const call = request(`${core.url}/v1/decisions/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${core.keys.server}`, 'content-type': 'application/x-ndjson' },
    });
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      call.once('response', resolve);
      call.on('error', reject);
    });
    response.catch(() => undefined);
    return { call, response };
  };

  beforeAll(async () => {
    core = await startCore();
    await apply(core, SHOP);
    const batch = Array.from({ length: PEOPLE }, (_, n) => ({
      type: 'identify',
      userId: `person-${n}`,
      messageId: newId(),
      traits: { tier: n % 10 === 0 ? 'gold' : 'none' },
    }));
    await visibly(core.call, '/v1/batch', { batch });
  });
  afterAll(() => core.stop());

  it('decides as single decisions do, in the order of the lines, with caps and receipts', async () => {
    const people = Array.from({ length: PEOPLE }, (_, n) => `person-${n}`);
    const lines = await send(ndjson(...people.map((userId) => ask(userId))));
    expect(lines.map(({ index }) => index)).toEqual(people.map((_, n) => n));
    const count = (key: string) => lines.filter((line) => offered(line) === key).length;
    expect([count('gold'), count('few'), count('tea')]).toEqual([30, 100, PEOPLE - 130]);
    lines.forEach((line, n) => expect(offered(line) === 'gold').toBe(n % 10 === 0));
    const again = await send(ndjson(...people.map((userId) => ask(userId))));
    for (const n of [0, 7, 150, 299]) {
      const { body } = await core.call<DecisionResponse>('/v1/decisions', { body: ask(`person-${n}`) });
      expect(offered(again[n]!)).toBe(offered(body));
      expect(again[n]!.profileId).toBe(body.profileId);
    }
    const receipt = await until('the receipt', async () => {
      const found = await core.call<{ profileId: string }>(`GET /v1/decisions/${lines[299]!.decisionId}`);
      return found.status === 200 && found.body;
    });
    expect(receipt.profileId).toBe(lines[299]!.profileId);
  });

  it('answers what is wrong with a line in its place, and the others all the same', async () => {
    const good = ask('person-1');
    const body = [
      JSON.stringify(good),
      'nonsense',
      '',
      JSON.stringify({ ...good, zones: [] }),
      JSON.stringify({ ...good, zones: [{ zone: 'nowhere' }] }),
      JSON.stringify({ ...good, context: { much: 'x'.repeat(300_000) } }),
      '{"__proto__":{}}',
      JSON.stringify(ask('nobody')),
    ].join('\r\n');
    const lines = await send(body);
    expect(lines.map(({ index, code }) => [index, code])).toEqual([
      [0, undefined],
      [1, 'HTTP.MALFORMED_JSON'],
      [2, 'HTTP.INVALID_REQUEST'],
      [3, 'DECISION.UNKNOWN_ZONE'],
      [4, 'HTTP.PAYLOAD_TOO_LARGE'],
      [5, 'HTTP.MALFORMED_JSON'],
      [6, undefined],
    ]);
    expect(lines[6]).toMatchObject({ profileId: null });
    expect(lines[3]).toMatchObject({ status: 422, type: '/docs/errors#DECISION.UNKNOWN_ZONE' });
  });

  it('answers a line before the next one comes', async () => {
    const { call, response } = open();
    call.write(ndjson(ask('person-10')));
    const answers = createInterface({ input: await response })[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await answers.next()).value as string) as Line;
    expect(offered(await next())).toBe('gold');
    call.write(ndjson(ask('person-20'), ask('person-21')));
    expect([await next(), await next()].map(({ index }) => index)).toEqual([1, 2]);
    call.end();
    expect(await answers.next()).toMatchObject({ done: true });
  });

  it('ends with the connection', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { call, response } = open();
      call.write(ndjson(ask('person-1')));
      (await response).on('error', () => undefined);
      call.destroy();
    }
    await until('the others to be gone', async () => {
      const answer = await core.call('/v1/decisions/batch', { body: ndjson(ask('person-1')) });
      return answer.status === 200;
    });
  });

  it('goes no further than its answers are taken, and then goes on', async () => {
    const { call, response } = open();
    const many = 20_000;
    call.end(ndjson(...Array.from({ length: many }, (_, n) => ask(`person-${n % PEOPLE}`))));
    const answers = await response;
    const counted = async () => {
      const [row] = await core.database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM decision_receipt',
      );
      return row?.count ?? 0;
    };
    let before = -1;
    const held = await until('the batch to hold', async () => {
      const now = await counted();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const still = now === before;
      before = now;
      return still && now;
    });
    expect(held).toBeLessThan(many);
    let last: Line | undefined;
    let lines = 0;
    for await (const line of createInterface({ input: answers })) {
      last = JSON.parse(line) as Line;
      lines += 1;
    }
    expect(lines).toBe(many);
    expect(last).toMatchObject({ index: many - 1 });
  });

  it('takes gzip, and says when what comes is none', async () => {
    const gzip = { 'content-encoding': 'gzip' };
    const packed = gzipSync(ndjson(ask('person-1'), ask('person-2')));
    expect((await send(packed, gzip)).map(offered)).toEqual(['tea', 'tea']);
    expect(await send('no gzip', gzip)).toMatchObject([{ index: 0, code: 'HTTP.MALFORMED_BODY' }]);
    const cut = await send(packed.subarray(0, packed.length - 12), gzip);
    expect(cut.at(-1)).toMatchObject({ code: 'HTTP.MALFORMED_BODY' });
    const unknown = await core.call('/v1/decisions/batch', {
      body: 'x',
      headers: { 'content-encoding': 'compress' },
    });
    expect(unknown.status).toBe(415);
  });

  it('sees events that come with a line', async () => {
    const event = { type: 'identify', userId: 'person-3', traits: { tier: 'gold' }, messageId: newId() };
    const lines = await send(ndjson(ask('person-3', { events: [event] })));
    expect(lines.map(offered)).toEqual(['gold']);
  });
});
