import { accepted, type Fact } from '@repartee/connector-sdk';
import { Polling } from '@repartee/delivery';
import type { ProfileDocument } from '@repartee/profile/domain';
import { apply } from './testing/apply.js';
import { pager, PAGER_ENVIRONMENT, PAGER_KEY, report } from './testing/pager.js';
import { searchEverywhere } from './testing/search-everywhere.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const CONFIGURATION = {
  version: 1,
  zones: [{ key: 'pager.main', channel: 'pager' }],
  offers: ['tea', 'rare'].map((key) => ({ key, name: key, value: 1 })),
  policies: [{ key: 'few', type: 'cap', of: { offers: ['rare'] }, limit: 1 }],
  treatments: [
    { key: 'tea.page', offer: 'tea', channel: 'pager', zones: ['pager.main'], content: { text: 'Tea?' } },
    { key: 'rare.page', offer: 'rare', channel: 'pager', zones: ['pager.main'], content: { text: 'Rare!' } },
  ],
};

interface Delivery {
  id: string;
  status: string;
  reason: string | null;
  progress: { status: string; at: string } | null;
  receipts: { status: string; code?: string }[];
}

let next = 0;
/** A person of the story: a number of their own. */
function someone() {
  next += 1;
  return { userId: `p${next}`, phone: `+1415555${String(1000 + next)}` };
}

describe('what a provider reports', () => {
  let core: CoreUnderTest;
  let answer: 'accepted' | 'unknown' = 'accepted';
  const provider = pager(({ attemptId }) =>
    answer === 'unknown' ? { status: 'unknown' } : accepted(`sid-${attemptId}`),
  );
  const meet = async ({ userId, phone }: { userId: string; phone: string }) =>
    visibly(core.call, '/v1/identify', { userId, traits: { phone } });
  const send = async (userId: string, more: object = {}) => {
    const { body } = await core.call<{ deliveryId: string }>('/v1/messages', {
      body: {
        identifiers: { userId },
        channel: 'pager',
        template: 'tea.page',
        class: 'marketing',
        ...more,
      },
    });
    return until('the delivery to end', async () => {
      const delivery = await stands(body.deliveryId);
      return !['planned', 'sending'].includes(delivery.status) && delivery;
    });
  };
  const stands = async (id: string) => (await core.call<Delivery>(`GET /v1/deliveries/${id}`)).body;
  const profile = async (userId: string) =>
    (await core.call<ProfileDocument>(`GET /v1/profiles/user_id:${userId}`)).body;
  const attemptTo = (phone: string) =>
    provider.sent.findLast(({ address }) => address === phone)?.attemptId ?? '';
  const workedOff = () =>
    until('all facts to be worked off', async () => {
      const [row] = await core.database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM connector_fact WHERE done_at IS NULL',
      );
      return row?.count === 0;
    });
  const told = async (...facts: Fact[]) => {
    expect((await report(core, facts)).status).toBe(202);
    await workedOff();
  };

  beforeAll(async () => {
    core = await startCore({ connectors: [provider.connector], environment: PAGER_ENVIRONMENT });
    await apply(core, CONFIGURATION);
  });
  afterAll(() => core.stop());
  beforeEach(() => (answer = 'accepted'));

  describe('is taken', () => {
    it('with exactly the answer of the connector', async () => {
      const taken = await report(core, [{ kind: 'opt-out', address: '+14155559999' }]);
      expect([taken.status, taken.headers.get('content-type'), await taken.text()]).toEqual([
        202,
        'text/xml',
        '<took n="1"/>',
      ]);
    });

    it('not when the signature is forged: 403, counted, nothing kept', async () => {
      const facts: Fact[] = [{ kind: 'opt-out', address: '+14155558888', id: 'forged' }];
      const forged = await report(core, facts, { key: 'somebody-else' });
      expect([forged.status, ((await forged.json()) as { code: string }).code]).toEqual([
        403,
        'CONNECTOR.FORGED',
      ]);
      expect(await core.database.query(`SELECT 1 FROM address_state WHERE address = '+14155558888'`)).toEqual(
        [],
      );
      const metrics = await (await fetch(`${core.url}/metrics`)).text();
      expect(metrics).toMatch(/repartee_connector_webhooks_total\{[^}]*result="forged"[^}]*\} 1/);
    });

    it.each([
      ['GET of any path', { method: 'GET' }, '/v1/connectors/pager/webhooks/a/b?c=d', 403],
      [
        'an odd content type',
        { method: 'POST', body: 'x', headers: { 'content-type': 'a/b' } },
        undefined,
        403,
      ],
      ['a connector without webhooks', { method: 'POST' }, '/v1/connectors/web/webhooks/x', 404],
      ['a connector without settings', { method: 'POST' }, '/v1/connectors/email-smtp/webhooks/x', 503],
      ['an unknown connector', { method: 'POST' }, '/v1/connectors/none/webhooks/x', 404],
      [
        'too large a body',
        { method: 'POST', body: Buffer.alloc(6 * 1024 * 1024) },
        '/v1/connectors/pager/webhooks/x',
        413,
      ],
    ])('%s', async (_what, init, path = '/v1/connectors/pager/webhooks', status) => {
      expect((await fetch(`${core.url}${path}`, init)).status).toBe(status);
    });

    it('once, however often and in however many requests at once it is told', async () => {
      const facts: Fact[] = Array.from({ length: 40 }, (_, n) => ({
        kind: 'opt-out',
        address: '+14155557777',
        id: `once-${n % 20}`,
      }));
      await Promise.all(Array.from({ length: 20 }, () => report(core, facts)));
      const [row] = await core.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM connector_fact WHERE heard_at > now() - interval '1 hour' AND kind = 'opt-out'`,
      );
      expect(row?.count).toBe(21);
      await workedOff();
    });
  });

  describe('as a receipt', () => {
    it('shows in the delivery, in any order, and in the timeline', async () => {
      const ann = someone();
      await meet(ann);
      const { id } = await send(ann.userId);
      const attemptId = attemptTo(ann.phone);
      await told(
        { kind: 'receipt', attemptId, status: 'delivered', at: '2026-01-01T00:00:05Z' },
        { kind: 'receipt', providerId: `sid-${attemptId}`, status: 'sent', at: '2026-01-01T00:00:01Z' },
        { kind: 'receipt', attemptId, status: 'delivered', at: '2026-01-01T00:00:05Z' },
      );
      expect(await stands(id)).toMatchObject({
        status: 'accepted',
        progress: { status: 'delivered', at: '2026-01-01T00:00:05.000Z' },
        receipts: [{ status: 'sent' }, { status: 'delivered' }],
      });
      const { body } = await core.call<{ items: { data: { progress?: string } }[] }>(
        `GET /v1/profiles/user_id:${ann.userId}/timeline`,
      );
      expect(body.items.map(({ data }) => data.progress)).toContain('delivered');
    });

    it('clears up an attempt of unknown outcome', async () => {
      answer = 'unknown';
      const ben = someone();
      await meet(ben);
      const { id, status } = await send(ben.userId);
      expect(status).toBe('unknown');
      await told({ kind: 'receipt', attemptId: attemptTo(ben.phone), status: 'sent' });
      expect((await stands(id)).status).toBe('accepted');
    });

    it('waits for its message where it is the faster one', async () => {
      const cleo = someone();
      await meet(cleo);
      const { id } = await send(cleo.userId);
      await core.database.query(`UPDATE delivery SET provider_id = NULL WHERE id = $1`, [id]);
      await report(core, [{ kind: 'receipt', providerId: 'late-1', status: 'delivered' }]);
      await core.database.query(`UPDATE delivery SET provider_id = 'late-1' WHERE id = $1`, [id]);
      await workedOff();
      expect((await stands(id)).progress?.status).toBe('delivered');
    });

    it('that bounced for good keeps the next send away, until the address is proved again', async () => {
      const dan = someone();
      await meet(dan);
      const { id } = await send(dan.userId);
      await told({
        kind: 'receipt',
        attemptId: attemptTo(dan.phone),
        status: 'bounced',
        permanent: true,
        code: '5.1.1',
      });
      expect((await stands(id)).progress?.status).toBe('bounced');
      const refused = await send(dan.userId, { class: 'transactional' });
      expect(refused).toMatchObject({ status: 'suppressed', reason: 'the address is undeliverable: 5.1.1' });
      await told({ kind: 'message', address: dan.phone, text: 'I am here' });
      expect((await send(dan.userId)).status).toBe('accepted');
    });

    it('that bounced gives its room under hard caps to others', async () => {
      const [uma, vic, wes] = [someone(), someone(), someone()];
      for (const one of [uma, vic, wes]) await meet(one);
      const rare = { template: undefined, offer: 'rare' };
      expect((await send(uma.userId, rare)).status).toBe('accepted');
      expect((await send(vic.userId, rare)).status).toBe('expired');
      await told({ kind: 'receipt', attemptId: attemptTo(uma.phone), status: 'bounced', permanent: true });
      expect((await send(wes.userId, rare)).status).toBe('accepted');
    });

    it('that bounced five times in a row makes the address undeliverable', async () => {
      const eve = someone();
      await meet(eve);
      await send(eve.userId);
      const attemptId = attemptTo(eve.phone);
      for (let n = 0; n < 5; n += 1) {
        expect((await send(eve.userId)).status).toBe('accepted');
        await told({ kind: 'receipt', attemptId, status: 'bounced', code: '4.2.2', id: `soft-${n}` });
      }
      expect(await send(eve.userId)).toMatchObject({
        status: 'suppressed',
        reason: 'the address is undeliverable: 5 temporary failures in a row',
      });
    });

    it('of a complaint denies the channel', async () => {
      const fay = someone();
      await meet(fay);
      await send(fay.userId);
      await told({ kind: 'receipt', attemptId: attemptTo(fay.phone), status: 'complained' });
      expect((await send(fay.userId)).status).toBe('suppressed');
      await until(
        'the record',
        async () => (await profile(fay.userId)).consents['pager']?.status === 'denied',
      );
    });
  });

  describe('as an opt-out', () => {
    it('holds for the very next send, for the sender alone, and START lifts that alone', async () => {
      const gus = someone();
      await meet(gus);
      await report(core, [{ kind: 'opt-out', address: gus.phone, sender: '+14155550199', text: 'STOP' }]);
      expect((await send(gus.userId)).status).toBe('suppressed');
      await until('the record', async () => (await profile(gus.userId)).consents['pager@+14155550199']);
      await told({ kind: 'opt-in', address: gus.phone, sender: '+14155550199', text: 'START' });
      await until('the record', async () => {
        return (await profile(gus.userId)).consents['pager@+14155550199']?.status === 'granted';
      });
      expect((await send(gus.userId)).status).toBe('accepted');
      await told(
        { kind: 'opt-out', address: gus.phone },
        { kind: 'opt-in', address: gus.phone, sender: '+14155550199' },
      );
      expect((await send(gus.userId)).status).toBe('suppressed');
    });

    it('is kept for an address that is nobody’s yet', async () => {
      const hal = someone();
      await told({ kind: 'opt-out', address: hal.phone });
      await meet(hal);
      // Whether or not it has become their own word by then, which it does within moments.
      expect(await send(hal.userId)).toMatchObject({
        status: 'suppressed',
        reason: expect.stringMatching(/^the (address|person) does not want pager$/),
      });
      await until('the record', async () => {
        const { pager: said } = (await profile(hal.userId)).consents;
        return said?.status === 'denied' && said.proof?.method === 'by word';
      });
    });

    it('may be scoped to a brand, or to all purposes', async () => {
      const mo = someone();
      await meet(mo);
      const { id } = await profile(mo.userId);
      await core.call(`PUT /v1/profiles/${id}/consents`, {
        body: { consents: [{ channel: 'pager', brand: 'acme', status: 'denied' }] },
      });
      expect((await profile(mo.userId)).consents['pager#acme']).toMatchObject({
        brand: 'acme',
        status: 'denied',
      });
      expect((await send(mo.userId, { brand: 'acme' })).status).toBe('suppressed');
      expect((await send(mo.userId, { brand: 'other' })).status).toBe('accepted');
      expect((await send(mo.userId, { brand: 'acme', class: 'transactional' })).status).toBe('accepted');
      await told({ kind: 'opt-out', address: mo.phone, purpose: 'all' });
      expect((await send(mo.userId, { class: 'transactional' })).status).toBe('suppressed');
    });

    it('gives way to a newer word of the person', async () => {
      const ida = someone();
      await meet(ida);
      await told({ kind: 'opt-out', address: ida.phone });
      const { id } = await profile(ida.userId);
      await core.call(`PUT /v1/profiles/${id}/consents`, {
        body: { consents: [{ channel: 'pager', status: 'granted' }] },
      });
      expect((await send(ida.userId)).status).toBe('accepted');
    });
  });

  describe('as words of a person', () => {
    it('goes into the conversation, the timeline, and before a human, who may find a refusal in it', async () => {
      const jo = someone();
      await meet(jo);
      await told({
        kind: 'message',
        address: jo.phone,
        text: 'please stop it',
        looksLikeRefusal: true,
        id: 'm1',
      });
      const { body } = await core.call<{ items: { id: string; dialogueId: string; text: string }[] }>(
        'GET /v1/inbound-reviews?limit=200',
      );
      const review = body.items.find(({ text }) => text === 'please stop it');
      const dialogue = await core.call<{ turns: { speaker: string; said: { text: string } }[] }>(
        `GET /v1/dialogues/${review?.dialogueId}/turns`,
      );
      expect(dialogue.body.turns).toEqual([
        expect.objectContaining({ speaker: 'person', said: { text: 'please stop it' } }),
      ]);
      await until('the event', async () => {
        const timeline = await core.call<{ items: { data: { name?: string } }[] }>(
          `GET /v1/profiles/user_id:${jo.userId}/timeline`,
        );
        return timeline.body.items.some(({ data }) => data.name === 'Message Received');
      });
      const decide = (verdict: string) =>
        core.call(`POST /v1/inbound-reviews/${review?.id}`, { body: { verdict } });
      expect((await decide('refused')).status).toBe(200);
      expect((await decide('refused')).status).toBe(200);
      expect((await decide('answered')).status).toBe(409);
      expect((await send(jo.userId)).status).toBe('suppressed');
    });

    it('that anybody may have written are no word of the person', async () => {
      const lee = someone();
      await meet(lee);
      const { id } = await send(lee.userId);
      await told(
        {
          kind: 'receipt',
          attemptId: attemptTo(lee.phone),
          status: 'bounced',
          permanent: true,
          code: '5.1.1',
        },
        { kind: 'message', address: lee.phone, text: 'it is me', unproved: true, id: 'm-unproved' },
      );
      expect((await stands(id)).progress?.status).toBe('bounced');
      expect((await send(lee.userId)).status).toBe('suppressed');
      const { body } = await core.call<{ items: { text: string; profileId: string | null }[] }>(
        'GET /v1/inbound-reviews?limit=200',
      );
      expect(body.items.find(({ text }) => text === 'it is me')).toMatchObject({ profileId: null });
    });

    it('makes nobody', async () => {
      const kim = someone();
      await told({ kind: 'message', address: kim.phone, text: 'who is this?', id: 'm2' });
      expect((await core.call(`GET /v1/profiles/phone:${kim.phone}`)).status).toBe(404);
    });
  });

  it('is exported and erased with the person, also what still waits', async () => {
    const nat = someone();
    await meet(nat);
    await send(nat.userId);
    await told(
      { kind: 'message', address: nat.phone, text: 'rhubarb and custard', id: 'm3' },
      { kind: 'receipt', attemptId: attemptTo(nat.phone), status: 'bounced', permanent: true },
      { kind: 'opt-out', address: nat.phone },
    );
    await core.database.query(
      `INSERT INTO connector_fact (id, connector, fact_id, kind, heard_at, fact)
       VALUES (gen_random_uuid(), 'gone', 'x', 'opt-out', now(), $1)`,
      [JSON.stringify({ kind: 'opt-out', address: nat.phone })],
    );
    const { id } = await profile(nat.userId);
    const words = [nat.phone, 'rhubarb and custard'];
    expect(await searchEverywhere(core, words)).not.toEqual([]);
    const exported = await core.call(`GET /v1/profiles/${id}/export`);
    expect(exported.text).toContain('message received');
    expect(exported.text).toContain('report of a provider');
    await core.call(`DELETE /v1/profiles/${id}`);
    await until('nothing to be left', async () => (await searchEverywhere(core, words)).length === 0);
  });

  it('is fetched where it is not pushed, cursor and facts together', async () => {
    const lea = someone();
    await meet(lea);
    provider.mailbox.facts.push({ kind: 'opt-out', address: lea.phone, id: 'fetched' });
    core.app.get(Polling, { strict: false }).ring();
    await until('the look', async () => (await send(lea.userId)).status === 'suppressed');
    const shown = await core.call<{ poll: object; health: object }>('GET /v1/connectors/pager', {
      key: 'admin',
    });
    expect(shown.body).toMatchObject({ health: { status: 'up' }, poll: { failures: 0, detail: null } });
    expect(shown.text).not.toContain(PAGER_KEY);
    expect((await core.call('POST /v1/connectors/pager/check', { key: 'admin' })).status).toBe(200);
    const [row] = await core.database.query(`SELECT cursor, failures FROM connector_poll`);
    expect(row).toEqual({ cursor: '1', failures: 0 });
  });
});
