import { Database, type Happening, Happenings, newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { Webhook } from 'standardwebhooks';
import { apply } from './testing/apply.js';
import { pager, PAGER_ENVIRONMENT } from './testing/pager.js';
import { type Receiver, startReceiver } from './testing/receiver.js';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const CONFIGURATION = {
  version: 1,
  zones: [
    { key: 'pager.main', channel: 'pager' },
    { key: 'home.hero', channel: 'web' },
  ],
  offers: [{ key: 'tea', name: 'Tea', value: 1 }],
  treatments: [
    { key: 'tea.page', offer: 'tea', channel: 'pager', zones: ['pager.main'], content: { text: 'Tea?' } },
    { key: 'tea.hero', offer: 'tea', channel: 'web', zones: ['home.hero'], content: { headline: 'Tea' } },
  ],
};

interface Hook {
  id: string;
  secret: string;
  version: number;
  enabled: boolean;
  disabledReason: string | null;
  failingSince: string | null;
  secrets: unknown[];
  code: string;
}
interface Attempt {
  id: string;
  messageId: string;
  type: string;
  status: number | null;
  latencyMs: number;
  excerpt: string;
  nextAt: string | null;
}

describe('webhooks', () => {
  const clock = new ManualClock(Date.now());
  let place: Place;
  let core: CoreUnderTest;
  let receiver: Receiver;
  let paths = 0;

  beforeAll(async () => {
    [place, receiver] = await Promise.all([createPlace(), startReceiver()]);
    core = await startCore({
      place,
      clock,
      connectors: [pager().connector],
      environment: { ...PAGER_ENVIRONMENT, REPARTEE_WEBHOOKS_PRIVATE: 'true' },
    });
    await apply(core, CONFIGURATION);
  });
  afterAll(async () => {
    await core.stop();
    await receiver.close();
    await place.remove();
  });

  const admin = <T>(route: string, body?: unknown, headers: Record<string, string> = {}) =>
    core.call<T>(route, { key: 'admin', headers, ...(body !== undefined && { body }) });
  /** A webhook at a path of its own. */
  async function hook(more: object = {}) {
    paths += 1;
    const path = `/hook-${paths}`;
    const { body, status } = await admin<Hook>('/v1/webhooks', {
      url: `${receiver.url}${path}`,
      types: ['task.created'],
      ...more,
    });
    expect(status).toBe(201);
    return { ...body, path };
  }
  const get = async (id: string) => (await admin<Hook>(`GET /v1/webhooks/${id}`)).body;
  const attempts = async (id: string) =>
    (await admin<{ items: Attempt[] }>(`GET /v1/webhooks/${id}/attempts`)).body.items;
  const attempted = (id: string, count: number) =>
    until(`${count} attempts`, async () => {
      const items = await attempts(id);
      return items.length >= count && items;
    });
  const arrivals = (path: string, count: number) =>
    until(`${count} arrivals at ${path}`, async () => receiver.at(path).length >= count && receiver.at(path));
  async function happens(type: string, subject = newId(), id = newId()): Promise<Happening> {
    const happening = { id, type, subject, at: clock.now(), data: { n: 1 } };
    const happenings = core.app.get(Happenings, { strict: false });
    await core.app.get(Database, { strict: false }).transaction((tx) => happenings.announce(tx, [happening]));
    return happening;
  }
  const remove = async (id: string) =>
    admin(`DELETE /v1/webhooks/${id}`, undefined, { 'if-match': `"${(await get(id)).version}"` });

  describe('are administered', () => {
    it('with a secret that is shown once, and versions', async () => {
      const made = await hook();
      expect(made.secret).toMatch(/^whsec_/);
      const { body, text } = await admin<Hook>(`GET /v1/webhooks/${made.id}`);
      expect(body).toMatchObject({ version: 1, enabled: true, secrets: [{ signsUntil: null }] });
      expect(text).not.toContain(made.secret);
      const change = { url: `${receiver.url}/other`, types: ['*'] };
      expect((await admin(`PUT /v1/webhooks/${made.id}`, change)).status).toBe(428);
      expect((await admin(`PUT /v1/webhooks/${made.id}`, change, { 'if-match': '"9"' })).status).toBe(412);
      const put = await admin<Hook>(`PUT /v1/webhooks/${made.id}`, change, { 'if-match': '"1"' });
      expect(put.body).toMatchObject({ version: 2, types: ['*'] });
      expect((await remove(made.id)).status).toBe(204);
      expect((await admin<Hook>(`GET /v1/webhooks/${made.id}`)).body.code).toBe('WEBHOOK.NOT_FOUND');
      const [left] = await core.database.query(`SELECT 1 FROM vault_secret WHERE owner = $1`, [
        `webhook/${made.id}`,
      ]);
      expect(left).toBeUndefined();
    });

    it.each([
      [{ url: 'no address', types: ['*'] }, '#/url'],
      [{ url: 'ftp://example.org', types: ['*'] }, '#/url'],
      [{ url: 'https://user:pass@example.org', types: ['*'] }, '#/url'],
      [{ url: 'https://example.org', types: ['weather.*'] }, '#/types/0'],
      [{ url: 'https://example.org', types: [] }, '#/types'],
    ])('not as %j', async (body, pointer) => {
      const { status, body: problem } = await admin<{ errors: { pointer: string }[] }>('/v1/webhooks', body);
      expect([status, problem.errors[0]?.pointer]).toEqual([400, pointer]);
    });
  });

  describe('tell', () => {
    it('what happened as a signed CloudEvent that standardwebhooks verifies', async () => {
      const { id, path, secret } = await hook();
      const happening = await happens('task.created');
      await happens('task.done');
      const [one] = await arrivals(path, 1);
      expect(new Webhook(secret).verify(one?.text ?? '', one?.headers ?? {})).toMatchObject({
        specversion: '1.0',
        id: happening.id,
        type: 'task.created',
        source: 'https://shop.example',
        subject: happening.subject,
        data: { n: 1 },
      });
      expect(one?.headers['webhook-id']).toBe(happening.id);
      expect(await attempted(id, 1)).toMatchObject([{ status: 204, messageId: happening.id, nextAt: null }]);
      await remove(id);
      expect(receiver.at(path)).toHaveLength(1);
    });

    it('of deliveries, decisions, responses, merges of people and tasks', async () => {
      const { id, path } = await hook({
        types: ['delivery.*', 'decision.*', 'response.*', 'profile.*', 'task.*'],
      });
      await visibly(core.call, '/v1/identify', { userId: 'w1', traits: { phone: '+14155551234' } });
      await core.call('/v1/messages', {
        body: {
          identifiers: { userId: 'w1' },
          channel: 'pager',
          template: 'tea.page',
          class: 'transactional',
        },
      });
      const { body } = await core.call<{ decisionId: string; zones: { offers: { token: string }[] }[] }>(
        '/v1/decisions',
        { body: { identifiers: { userId: 'w1' }, channel: 'web', zones: [{ zone: 'home.hero' }] } },
      );
      const token = body.zones[0]?.offers[0]?.token;
      await core.call('/v1/responses', { body: { responseId: 'r1', token, type: 'click' } });
      await admin('/v1/tasks', { kind: 'other', subject: 'Water the tea' });
      await visibly(core.call, '/v1/track', { anonymousId: 'a-w1', event: 'Looked' });
      await visibly(core.call, '/v1/identify', { userId: 'w1', anonymousId: 'a-w1', traits: {} });
      const told = await until('all of it', async () => {
        const types = new Set(receiver.at(path).map((one) => one.body.type));
        const wanted = [
          'delivery.accepted',
          'decision.made',
          'response.click',
          'profile.merged',
          'task.created',
        ];
        return wanted.every((type) => types.has(type)) && receiver.at(path);
      });
      expect(told.find((one) => one.body.type === 'decision.made')?.body).toMatchObject({
        id: body.decisionId,
        data: { decisionId: body.decisionId },
      });
      expect(JSON.stringify(told.map(({ text }) => text))).not.toContain('+14155551234');
      await remove(id);
    });

    it('with two signatures while secrets rotate', async () => {
      const { id, path, secret } = await hook();
      const { body } = await admin<{ secret: string }>(`/v1/webhooks/${id}/rotate-secret`, {
        overlapSeconds: 60,
      });
      await happens('task.created');
      const [both] = await arrivals(path, 1);
      for (const key of [secret, body.secret]) new Webhook(key).verify(both?.text ?? '', both?.headers ?? {});
      expect(both?.headers['webhook-signature']?.split(' ')).toHaveLength(2);
      clock.advance(2 * MINUTE);
      await happens('task.created');
      const [, one] = await arrivals(path, 2);
      new Webhook(body.secret).verify(one?.text ?? '', one?.headers ?? {});
      expect(() => new Webhook(secret).verify(one?.text ?? '', one?.headers ?? {})).toThrow();
      await remove(id);
    });

    it('a test, whatever types are wanted', async () => {
      const { id, path } = await hook({ types: ['profile.merged'], description: 'mine' });
      const { status, body } = await admin<{ messageId: string }>(`/v1/webhooks/${id}/test`);
      expect(status).toBe(202);
      const [one] = await arrivals(path, 1);
      expect(one?.body).toMatchObject({ id: body.messageId, type: 'webhook.test', data: { hello: 'mine' } });
      await remove(id);
    });

    it('once what is announced twice', async () => {
      const { id, path } = await hook();
      const { id: twice, subject } = await happens('task.created');
      await happens('task.created', subject, twice);
      await happens('task.created', subject);
      const told = await arrivals(path, 2);
      expect(told.filter((one) => one.body.id === twice)).toHaveLength(1);
      await remove(id);
    });
  });

  describe('are tried again', () => {
    it('after 500, five seconds later, with the same id and a signature of then', async () => {
      const { id, path, secret } = await hook();
      receiver.answer(path, (_arrived, response) => response.writeHead(500).end('out of tea'));
      await happens('task.created');
      expect(await attempted(id, 1)).toMatchObject([{ status: 500, excerpt: 'out of tea' }]);
      expect((await get(id)).failingSince).not.toBeNull();
      receiver.answer(path, 200);
      clock.advance(6000);
      const [first, second] = await arrivals(path, 2);
      expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
      expect(second?.text).toBe(first?.text);
      new Webhook(secret).verify(second?.text ?? '', second?.headers ?? {});
      await attempted(id, 2);
      expect((await get(id)).failingSince).toBeNull();
      await remove(id);
    });

    it('not before Retry-After', async () => {
      const { id, path } = await hook();
      receiver.answer(path, (_arrived, response) => response.writeHead(429, { 'retry-after': '600' }).end());
      await happens('task.created');
      const [{ nextAt } = { nextAt: null }] = await attempted(id, 1);
      expect(Date.parse(nextAt ?? '') - clock.now()).toBeGreaterThan(599_000);
      await remove(id);
    });

    it('after a redirect, which is not followed, and after a line that breaks', async () => {
      const { id, path } = await hook();
      receiver.answer(path, (_arrived, response) =>
        response.writeHead(302, { location: '/elsewhere' }).end(),
      );
      await happens('task.created');
      expect(await attempted(id, 1)).toMatchObject([{ status: 302, nextAt: expect.any(String) as string }]);
      expect(receiver.at('/elsewhere')).toEqual([]);
      receiver.answer(path, (_arrived, response) => void response.socket?.destroy());
      clock.advance(6000);
      expect((await attempted(id, 2))[0]).toMatchObject({ status: null });
      await remove(id);
    });

    it('and read but the beginning of what they are answered', async () => {
      const { id, path } = await hook();
      let written = 0;
      receiver.answer(path, (_arrived, response) => {
        response.writeHead(200);
        const more = () => {
          while (written < 200_000_000 && !response.destroyed) {
            written += 65_536;
            if (!response.write(Buffer.alloc(65_536, 'x'))) return void response.once('drain', more);
          }
          response.end();
        };
        more();
      });
      await happens('task.created');
      const [one] = await attempted(id, 1);
      expect(one).toMatchObject({ status: 200, excerpt: 'x'.repeat(1000) });
      expect(written).toBeLessThan(50_000_000);
      await remove(id);
    });
  });

  it('are disabled by 410, and send what waits when they are enabled', async () => {
    const { id, path } = await hook();
    receiver.answer(path, 410);
    await happens('task.created');
    await attempted(id, 1);
    const gone = await get(id);
    expect(gone).toMatchObject({ enabled: false, disabledReason: 'it answered 410 Gone' });
    expect((await admin<Hook>(`/v1/webhooks/${id}/test`)).body.code).toBe('WEBHOOK.DISABLED');
    receiver.answer(path, 200);
    const url = `${receiver.url}${path}`;
    const fields = { url, types: ['task.created'], enabled: true };
    await admin(`PUT /v1/webhooks/${id}`, fields, { 'if-match': `"${gone.version}"` });
    const [{ id: attempt } = { id: '' }] = await attempts(id);
    expect((await admin(`/v1/webhooks/${id}/attempts/${attempt}/replay`)).status).toBe(202);
    const [first, second] = await arrivals(path, 2);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    await remove(id);
  });

  it('are disabled when they have failed for five days, with the reason', async () => {
    const { id, path } = await hook();
    receiver.answer(path, 503);
    await happens('task.created');
    for (let count = 1; (await get(id)).enabled; count += 1) {
      await attempted(id, count);
      if (count > 10) throw new Error('never disabled');
      clock.advance(1.5 * DAY);
      await until('the next', async () => (await attempts(id)).length > count || !(await get(id)).enabled);
    }
    expect(await get(id)).toMatchObject({ disabledReason: 'it has failed for five days' });
    await remove(id);
  });

  it('show in the log of attempts that their secret cannot be read', async () => {
    const { id, path } = await hook();
    await core.database.query(`UPDATE vault_secret SET wrapped = '\\x00' WHERE owner = $1`, [
      `webhook/${id}`,
    ]);
    await happens('task.created');
    const [one] = await attempted(id, 1);
    expect(one).toMatchObject({ status: null, excerpt: expect.stringContaining('was changed') as string });
    expect(receiver.at(path)).toEqual([]);
    await admin(`/v1/webhooks/${id}/rotate-secret`, {});
    await remove(id);
  });

  it('are told again what happened since a moment', async () => {
    const { id, path } = await hook();
    await happens('task.created');
    clock.advance(MINUTE);
    const since = new Date(clock.now()).toISOString();
    const later = [await happens('task.created'), await happens('task.created')];
    await attempted(id, 3);
    const { body } = await admin<{ messages: number }>(`/v1/webhooks/${id}/replay`, { since });
    expect(body.messages).toBe(2);
    const told = await arrivals(path, 5);
    const ids = later.map((one) => one.id).sort();
    expect(
      told
        .slice(3)
        .map((one) => one.body.id)
        .sort(),
    ).toEqual(ids);
    const failed = await admin<{ messages: number }>(`/v1/webhooks/${id}/replay`, { since, only: 'failed' });
    expect(failed.body.messages).toBe(0);
    await remove(id);
  });

  it('hold up no other while one hangs', async () => {
    const [dead, alive] = [await hook(), await hook()];
    receiver.answer(dead.path, () => undefined);
    for (let n = 0; n < 20; n += 1) await happens('task.created');
    await arrivals(alive.path, 20);
    expect(await attempts(dead.id)).toEqual([]);
    expect(receiver.at(dead.path).length).toBeLessThanOrEqual(5);
    const [first] = await attempted(dead.id, 1);
    expect(first).toMatchObject({ status: null, excerpt: 'no answer within 15 s' });
    await Promise.all([remove(dead.id), remove(alive.id)]);
  });

  it('keep the order of a subject where that is promised, whatever fails', async () => {
    const { id, path } = await hook({ ordered: true });
    const subject = newId();
    let refused = 0;
    receiver.answer(path, (_arrived, response) => void response.writeHead(refused++ === 0 ? 500 : 200).end());
    const told = [];
    for (let n = 0; n < 4; n += 1) told.push((await happens('task.created', subject)).id);
    await attempted(id, 1);
    const other = await happens('task.created');
    await until('the other subject', async () => receiver.at(path).some((one) => one.body.id === other.id));
    clock.advance(6000);
    const arrived = (await arrivals(path, 6)).map((one) => one.body.id).filter((one) => one !== other.id);
    expect(arrived).toEqual([told[0], ...told]);
    await remove(id);
  });

  it('go to no private address unless that is allowed', async () => {
    const strict = await startCore({
      place,
      clock,
      connectors: [pager().connector],
      environment: PAGER_ENVIRONMENT,
    });
    try {
      for (const url of [
        'http://127.0.0.1:1',
        'http://[::1]/x',
        'http://localhost/x',
        'http://169.254.169.254/',
      ])
        expect(
          (await strict.call<Hook>('/v1/webhooks', { key: 'admin', body: { url, types: ['*'] } })).body.code,
        ).toBe('WEBHOOK.PRIVATE_ADDRESS');
    } finally {
      await strict.stop();
    }
  });

  it('go with the person: exported, and erased with what was answered', async () => {
    const { id } = await hook({ types: ['response.*', 'delivery.*'] });
    const { profileId } = await visibly(core.call, '/v1/identify', {
      userId: 'gone',
      traits: { phone: '+14155559876' },
    });
    await core.call('/v1/messages', {
      body: {
        identifiers: { userId: 'gone' },
        channel: 'pager',
        template: 'tea.page',
        class: 'transactional',
      },
    });
    await attempted(id, 1);
    const { text } = await core.call(`GET /v1/profiles/${profileId}/export`);
    expect(text).toContain('told to a webhook');
    await core.call(`DELETE /v1/profiles/${profileId}`);
    await until('the erasure', async () => {
      const [row] = await core.database.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM webhook_message WHERE subject = $1',
        [profileId],
      );
      return row?.n === 0;
    });
    expect(await attempts(id)).toEqual([]);
    await remove(id);
  });
});
