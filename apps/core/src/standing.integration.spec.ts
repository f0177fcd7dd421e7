import type { AuditEntry, PrivacyRequest } from '@repartee/governance';
import type { ProfileDocument } from '@repartee/profile/domain';
import { openShop } from './testing/ann.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { searchEverywhere } from './testing/search-everywhere.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';
import { visit } from './testing/visitor.js';

interface Decided {
  profileId: string | null;
  zones: { offers: { offer: string }[]; fallback: object | null }[];
}

describe('who restricts or objects', () => {
  let core: CoreUnderTest;
  let mailbox: Mailbox;
  const meet = (userId: string) =>
    visibly(core.call, '/v1/identify', {
      userId,
      traits: { email: `${userId}@example.org`, tier: 'gold', name: userId },
    });
  const ask = (userId: string, what: string, body?: object) =>
    core.call<{ requestId: string }>(`/v1/profiles/user_id:${userId}/${what}`, { body });
  const decide = async (userId: string) => {
    const body = { identifiers: { userId }, channel: 'web', zones: [{ zone: 'home.hero' }] };
    return (await core.call<Decided>('/v1/decisions', { body })).body;
  };
  const send = async (userId: string, messageClass: string) => {
    const body = { identifiers: { userId }, channel: 'email', template: 'tea.mail', class: messageClass };
    const { deliveryId } = (await core.call<{ deliveryId: string }>('/v1/messages', { body })).body;
    return until('the delivery', async () => {
      const found = (await core.call<{ status: string; reason: string }>(`GET /v1/deliveries/${deliveryId}`))
        .body;
      return !['planned', 'sending'].includes(found.status) && found;
    });
  };

  /** Sends events and waits until nothing waits to be processed. */
  const processed = async (...batch: object[]) => {
    const typed = batch.map((event) => ({ type: 'track', ...event }));
    if (batch.length > 0) expect((await core.call('/v1/batch', { body: { batch: typed } })).status).toBe(200);
    await until('the queue to be empty', async () => {
      const [row] = await core.database.query<{ waiting: number }>(
        'SELECT (SELECT count(*) FROM event_pending)::int + (SELECT count(*) FROM event_inbox)::int AS waiting',
      );
      return row?.waiting === 0;
    });
  };

  beforeAll(async () => {
    mailbox = await openMailbox();
    core = await startCore({ environment: mailbox.environment });
    await openShop(core);
    for (const userId of ['rita', 'dora', 'paul']) await meet(userId);
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
  });

  it('restriction keeps the data and leaves it alone', async () => {
    expect((await decide('rita')).zones[0]?.offers[0]?.offer).toBe('gold');
    const { status, body } = await ask('rita', 'restrict', {});
    expect(status).toBe(202);
    expect(
      (await core.call<PrivacyRequest>(`GET /v1/privacy-requests/${body.requestId}`)).body,
    ).toMatchObject({
      kind: 'restrict',
      status: 'completed',
      lifted: false,
    });
    expect(await decide('rita')).toMatchObject({
      profileId: null,
      zones: [{ offers: [], fallback: { headline: 'Welcome' } }],
    });
    expect(await send('rita', 'transactional')).toMatchObject({ status: 'suppressed' });
    await processed({ userId: 'rita', event: 'Greeted' });
    expect((await core.call('GET /v1/profiles/user_id:rita')).status).toBe(200);
    await ask('rita', 'restrict', { lift: true });
    expect((await decide('rita')).zones[0]?.offers[0]?.offer).toBe('gold');
    expect(await send('rita', 'marketing')).toMatchObject({ status: 'accepted' });
    expect(mailbox.mailsTo('rita@example.org')).toHaveLength(1);
  });

  it('who has not agreed to profiling, or no longer does, is decided for as a stranger', async () => {
    for (const [userId, status] of [
      ['nora', 'pending'],
      ['olga', 'denied'],
    ] as const) {
      const { profileId } = await meet(userId);
      const say = (word: string) =>
        core.call(`PUT /v1/profiles/${profileId}/consents`, {
          body: { consents: [{ dataUse: 'profiling', status: word }] },
          headers: { prefer: 'visible, wait=10' },
        });
      expect((await say(status)).status).toBe(200);
      expect(await decide(userId)).toMatchObject({
        profileId: null,
        zones: [{ offers: [{ offer: 'tea' }] }],
      });
      await say('granted');
      expect(await decide(userId)).toMatchObject({ profileId, zones: [{ offers: [{ offer: 'gold' }] }] });
    }
  });

  it('what comes of who is restricted is kept and changes nothing, until it is caught up with', async () => {
    const { profileId } = await meet('kira');
    const shown = async () => (await core.call<ProfileDocument>(`GET /v1/profiles/${profileId}`)).body;
    const lived = async () =>
      (await core.call<{ items: object[] }>(`GET /v1/profiles/${profileId}/timeline?limit=100`)).body.items;
    const greetings = await visit(core, { anonymousId: 'kiras-phone', userId: 'kira' });
    const offered = (await greetings.decide()).zones[0]?.offers[0];
    const before = [await shown(), await lived()];
    await ask('kira', 'restrict', {});

    const order = { event: 'Order Completed', properties: { order_id: 'k1', total: 12, currency: 'EUR' } };
    await processed(
      { type: 'identify', userId: 'kira', traits: { city: 'Kiel' } },
      { type: 'track', userId: 'kira', ...order },
      { type: 'track', userId: 'kira', event: 'Greeted' },
      { type: 'page', anonymousId: 'kiras-phone', properties: { path: '/tea' } },
    );
    await core.call('/v1/responses', { body: { responseId: 'k', token: offered?.token, type: 'click' } });
    await processed();
    expect([await shown(), await lived()]).toEqual(before);
    // Of two identifiers the stronger counts: somebody else speaks.
    await visibly(core.call, '/v1/track', {
      userId: 'dora',
      anonymousId: 'kiras-phone',
      event: 'Seen Elsewhere',
    });
    const { text } = await core.call(`GET /v1/profiles/${profileId}/export`);
    expect(text).toContain('Kiel');

    await ask('kira', 'restrict', { lift: true });
    const after = await until('the events to be caught up with', async () => {
      const now = await shown();
      return now.traits['city'] === 'Kiel' && now;
    });
    expect(after.computed).toMatchObject({ orders_count: 1, orders_total: 12 });
    await processed();
    const names = (await lived()).map((item) => JSON.stringify(item));
    for (const name of ['Order Completed', 'Greeted', 'response']) expect(names.join()).toContain(name);
    expect(mailbox.mailsTo('kira@example.org')).toEqual([]);
  });

  it('who is restricted may be set right by those at the desk, and may say no', async () => {
    const { profileId } = await meet('nora');
    await ask('nora', 'restrict', {});
    const { status } = await core.call(`PATCH /v1/profiles/${profileId}`, {
      body: { traits: { name: 'Nora Right' } },
      headers: { 'if-match': '*' },
    });
    expect(status).toBe(200);
    const { body } = await core.call<ProfileDocument>(`GET /v1/profiles/${profileId}`);
    expect(body.traits['name']).toBe('Nora Right');
    await visibly(core.call, '/v1/track', { userId: 'nora', event: 'Email Unsubscribed' });
    const said = (await core.call<ProfileDocument>(`GET /v1/profiles/${profileId}`)).body.consents;
    expect(said).toMatchObject({ email: { status: 'denied' } });
  });

  it('what was held back goes with an erasure', async () => {
    await meet('vera');
    await ask('vera', 'restrict', {});
    await processed({
      type: 'track',
      userId: 'vera',
      event: 'Walked',
      properties: { where: 'Vienna Prater' },
    });
    expect(await searchEverywhere(core, ['Vienna Prater'])).not.toEqual([]);
    const { body } = await core.call<{ requestId: string }>('DELETE /v1/profiles/user_id:vera');
    await until('the erasure', async () => {
      const found = await core.call<PrivacyRequest>(`GET /v1/privacy-requests/${body.requestId}`);
      return found.body.status === 'completed';
    });
    expect(await searchEverywhere(core, ['Vienna Prater'])).toEqual([]);
    const [row] = await core.database.query<{ held: number }>('SELECT count(*)::int AS held FROM event_held');
    expect(row?.held).toBe(0);
  });

  it('who objects to direct marketing gets no marketing', async () => {
    await ask('dora', 'object', { scope: 'direct_marketing' });
    expect(await send('dora', 'marketing')).toMatchObject({ status: 'suppressed' });
    expect(await send('dora', 'transactional')).toMatchObject({ status: 'accepted' });
    expect((await decide('dora')).zones[0]?.offers[0]?.offer).toBe('gold');
  });

  it('who objects to profiling is decided for as a stranger', async () => {
    await ask('paul', 'object', { scope: 'profiling' });
    expect(await decide('paul')).toMatchObject({ profileId: null, zones: [{ offers: [{ offer: 'tea' }] }] });
    await visibly(core.call, '/v1/track', { userId: 'paul', event: 'Greeted' });
    expect(await send('paul', 'marketing')).toMatchObject({ status: 'accepted' });
    expect(mailbox.mailsTo('paul@example.org')).toHaveLength(1);
  });

  it('what an address on the do-not-contact list asked for holds for whoever has it', async () => {
    await meet('lisa');
    const identifiers = { email: 'LISA@example.org' };
    expect((await core.call('/v1/do-not-contact', { body: { identifiers } })).body).toEqual({ listed: 1 });
    expect(await send('lisa', 'marketing')).toMatchObject({
      status: 'suppressed',
      reason: expect.stringContaining('list'),
    });
    expect((await core.call('GET /v1/profiles/user_id:lisa')).status).toBe(200);
  });

  it('is listed for one channel alone where it is said so', async () => {
    await meet('mona');
    const identifiers = { email: 'mona@example.org' };
    const listed = async (channel?: string) =>
      (await core.call('/v1/do-not-contact/check', { body: { identifiers, ...(channel && { channel }) } }))
        .body;
    await core.call('/v1/do-not-contact', { body: { identifiers, channel: 'sms' } });
    expect([await listed(), await listed('sms'), await listed('email')]).toEqual([
      { listed: false },
      { listed: true },
      { listed: false },
    ]);
    expect(await send('mona', 'marketing')).toMatchObject({ status: 'accepted' });
    await core.call('/v1/do-not-contact', { body: { identifiers, channel: 'email' } });
    expect(await send('mona', 'transactional')).toMatchObject({ status: 'suppressed' });
    const released = await core.call('/v1/do-not-contact/release', {
      body: { identifiers, channel: 'email' },
    });
    expect(released.body).toEqual({ released: 1 });
    expect(await send('mona', 'transactional')).toMatchObject({ status: 'accepted' });
  });

  it.each([
    ['restrict', { lift: 'yes' }, 400],
    ['object', {}, 400],
    ['object', { scope: 'cookies' }, 400],
  ])('refuses to %s by %j', async (what, body, status) => {
    expect((await ask('paul', what, body)).status).toBe(status);
  });

  it('is known to who asks, and nobody else is', async () => {
    expect((await ask('nobody', 'restrict')).status).toBe(404);
    expect((await core.call('/v1/profiles/user_id:paul/restrict', { key: 'write', body: {} })).status).toBe(
      401,
    );
    expect((await core.call('GET /v1/privacy-requests/01890a5d-ac96-774b-bcce-b302099a8057')).status).toBe(
      404,
    );
    const { body } = await core.call<{ items: PrivacyRequest[] }>('GET /v1/privacy-requests?limit=2');
    expect(body.items.map(({ kind }) => kind)).toEqual(['object', 'object']);
  });

  it('shows in the audit log, with who looked', async () => {
    const { id } = (
      await core.call<{ id: string }>('/v1/profiles/lookup', { body: { identifiers: { userId: 'paul' } } })
    ).body;
    await core.call(`GET /v1/profiles/${id}/timeline`);
    const entries = await until('the entries', async () => {
      const { body } = await core.call<{ items: AuditEntry[] }>(`GET /v1/audit?profile=${id}`, {
        key: 'admin',
      });
      return body.items.filter(({ action }) => action === 'read').length >= 2 && body.items;
    });
    expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['read', 'object']));
    expect(new Set(entries.map(({ subject }) => subject))).toEqual(new Set([id]));
    expect(entries.find(({ action }) => action === 'read')?.detail).toMatchObject({
      route: expect.stringMatching(/^(GET|POST) /),
    });
  });
});
