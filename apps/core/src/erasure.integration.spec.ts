import type { AuditEntry, PrivacyRequest } from '@repartee/governance';
import { ANN, openShop, type Story, tellAnn, TEXTS_OF_ANN } from './testing/ann.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { searchEverywhere } from './testing/search-everywhere.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';
import { visit } from './testing/visitor.js';

jest.setTimeout(60_000);

describe('who asks to be forgotten', () => {
  let core: CoreUnderTest;
  let mailbox: Mailbox;
  let story: Story;
  let requestId: string;
  const references = () => [story.profileId, `user_id:${ANN.userId}`, `email:${ANN.email.toLowerCase()}`];
  const profile = (reference: string) =>
    core.call<{ id: string }>(`GET /v1/profiles/${encodeURIComponent(reference)}`);
  const request = async () => (await core.call<PrivacyRequest>(`GET /v1/privacy-requests/${requestId}`)).body;
  const track = (event: object) => core.call('/v1/track', { body: { event: 'Seen Again', ...event } });
  /** A model is learned while a relative shares her rare name; its preview has her among its examples. */
  const learnOfAnn = async () => {
    const traits = { name: 'Karl Abelard-Quistgaard', phone: ANN.phone, address: { street: ANN.street } };
    await visibly(core.call, '/v1/identify', { userId: 'karl', traits });
    const learned = await core.call<{ version: string }>('/v1/match-models', { key: 'admin' });
    expect(learned.status).toBe(201);
    const examples = { merges: [[story.profileId, story.formerId]], splits: [story.profileId] };
    await core.database.query(
      `UPDATE match_model SET preview = (preview::jsonb || $1::jsonb)::json WHERE version = $2`,
      [JSON.stringify({ examples }), learned.body.version],
    );
    expect(await searchEverywhere(core, [story.profileId])).toContain(
      `match_model.preview: ${story.profileId}`,
    );
  };
  const queueIsEmpty = () =>
    until('the queue to be empty', async () => {
      const [row] = await core.database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM event_pending',
      );
      return row?.count === 0;
    });

  beforeAll(async () => {
    mailbox = await openMailbox();
    core = await startCore({ environment: mailbox.environment });
    await openShop(core);
    await visibly(core.call, '/v1/identify', {
      userId: 'bea',
      traits: { email: 'bea@example.org', name: 'Bea' },
    });
    story = await tellAnn(core, mailbox);
    await learnOfAnn();
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
  });

  it('is in every corner before', async () => {
    const found = await searchEverywhere(core, TEXTS_OF_ANN);
    const tables = new Set(found.map((one) => one.split('.')[0]));
    for (const table of [
      'event_log',
      'identifier',
      'profile',
      'delivery_attempt',
      'decision_receipt',
      'dead_letter',
    ])
      expect(tables).toContain(table);
    for (const table of [
      'bus_message',
      'quarantine',
      'idempotency_key',
      'event_dedup',
      'profile_order',
      'dialogue',
    ])
      expect(tables).toContain(table);
    for (const text of TEXTS_OF_ANN) expect(found.some((one) => one.endsWith(text))).toBe(true);
  });

  it('gets everything that is held, and everything that was sent', async () => {
    const { text, headers } = await core.call(`GET /v1/profiles/${story.profileId}/export`);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    const { records, profileId } = JSON.parse(text) as {
      profileId: string;
      records: { scope: string; kind: string }[];
    };
    expect(profileId).toBe(story.profileId);
    for (const held of TEXTS_OF_ANN) expect(text).toContain(held);
    const scopes = [...new Set(records.map(({ scope }) => scope))];
    for (const scope of [
      'ingestion',
      'identity',
      'profile',
      'timeline',
      'decisioning',
      'delivery',
      'dialogue',
    ])
      expect(scopes).toContain(scope);
    expect(scopes).toEqual(expect.arrayContaining(['governance', 'platform']));
    expect(text).not.toContain('bea@example.org');

    const lines = await core.call(`GET /v1/profiles/${story.profileId}/export`, {
      headers: { accept: 'application/x-ndjson' },
    });
    const read = lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { scope: string });
    expect(read.length).toBeGreaterThanOrEqual(records.length);

    const masked = await core.call(`GET /v1/profiles/${story.profileId}/export?mask=true`);
    const { records: hidden } = JSON.parse(masked.text) as { records: object[] };
    const telling = (record: object) =>
      [ANN.name, ANN.street, ANN.birthday, ANN.phone, ANN.email, ANN.userId, ANN.anonymousId].some((held) =>
        JSON.stringify(record).includes(held),
      );
    expect(hidden.filter(telling)).toEqual([]);
  });

  it('is hidden at once', async () => {
    const answer = await core.call<{ requestId: string }>(`DELETE /v1/profiles/${story.profileId}`);
    expect(answer.status).toBe(202);
    ({ requestId } = answer.body);
    expect(answer.headers.get('location')).toBe(`/v1/privacy-requests/${requestId}`);
    for (const reference of references()) expect((await profile(reference)).status).toBe(404);
    expect((await profile(story.formerId)).status).toBe(404);
    const decided = await core.call<{ profileId: string | null }>('/v1/decisions', {
      body: { identifiers: { userId: ANN.userId }, channel: 'web', zones: [{ zone: 'home.hero' }] },
    });
    expect(decided.body).toMatchObject({ profileId: null, zones: [{ offers: [{ offer: 'tea' }] }] });
  });

  it('is asked for once, however often', async () => {
    const again = await core.call<{ requestId: string }>(`DELETE /v1/profiles/${story.profileId}`);
    expect(again).toMatchObject({ status: 202, body: { requestId } });
    expect((await core.call('DELETE /v1/profiles/01890a5d-ac96-774b-bcce-b302099a8057')).status).toBe(404);
  });

  it('leaves no trace in any column of any table but a keyed hash', async () => {
    const karl = await core.call<{ requestId: string }>('DELETE /v1/profiles/user_id:karl');
    const done = await until('the erasure', async () => {
      const found = await request();
      return found.status === 'completed' && found;
    });
    await until('the erasure of who shared her name', async () => {
      const { body } = await core.call<PrivacyRequest>(`GET /v1/privacy-requests/${karl.body.requestId}`);
      return body.status === 'completed';
    });
    expect(done).toMatchObject({
      kind: 'erase',
      profileId: null,
      subject: expect.stringMatching(/^[\w-]{22}$/),
    });
    for (const scope of [
      'ingestion',
      'identity',
      'profile',
      'timeline',
      'decisioning',
      'delivery',
      'platform',
    ])
      expect(done.steps).toContainEqual(expect.objectContaining({ scope, status: 'done' }));
    expect(done.steps.map(({ scope }) => scope)).toEqual(
      expect.arrayContaining(['connector:email-smtp', 'connector:web']),
    );
    // Numbers of changes that processes follow; they say nothing but the id, and are forgotten after minutes.
    const ids = (await searchEverywhere(core, [story.profileId, story.formerId])).map(
      (one) => one.split(':')[0],
    );
    expect([...new Set(ids)]).toEqual(['profile_change.profile_ids']);
    expect(await searchEverywhere(core, TEXTS_OF_ANN)).toEqual([]);
    expect((await profile('user_id:bea')).status).toBe(200);
  });

  it('says that the receipt is gone, and keeps the answer of a used key from being given again', async () => {
    expect((await core.call(`GET /v1/decisions/${story.decisionId}`)).body).toMatchObject({
      status: 410,
      code: 'DECISION.ERASED',
    });
    const replayed = await core.call('/v1/profiles/lookup', {
      body: { identifiers: { email: ANN.email } },
      headers: { 'idempotency-key': 'ann-lookup' },
    });
    expect(replayed.status).toBe(410);
    await core.database.query(`DELETE FROM idempotency_key`);
  });

  it('does not come back by late events, links in old mails, or the next import', async () => {
    await track({ userId: ANN.userId });
    await track({ anonymousId: ANN.anonymousId });
    await core.call('/v1/alias', { body: { userId: ANN.userId, previousId: ANN.anonymousId } });
    await core.call('/v1/responses', { body: { responseId: 'late', token: story.token, type: 'click' } });
    const rows = [{ type: 'identify', userId: ANN.userId, traits: { email: ANN.email, phone: ANN.phone } }];
    await core.call('/v1/batch', { body: { batch: rows } });
    // What breaks the schema is refused, and its text is not kept either.
    const note = ANN.quarantined;
    const refused = await core.call<{ quarantineId: string }>('/v1/track', {
      body: { userId: ANN.userId, properties: { note } },
    });
    expect(refused.status).toBe(400);
    const bad = [{ type: 'nothing', note, seen: [{ who: ` ${ANN.phone}` }] }];
    await core.call('/v1/batch', { body: { batch: bad } });
    const replayed = await core.call(`/v1/quarantine/${refused.body.quarantineId}/replay`);
    expect(replayed.body).toMatchObject({ code: 'INGESTION.REPLAY_REFUSED' });
    await queueIsEmpty();
    for (const reference of references()) expect((await profile(reference)).status).toBe(404);
    expect(await searchEverywhere(core, TEXTS_OF_ANN)).toEqual([]);
    const sent = await core.call('/v1/messages', {
      body: { identifiers: { email: ANN.email }, channel: 'email', template: 'tea.mail', class: 'marketing' },
    });
    expect(sent.status).toBe(404);
    expect(
      (await core.call('/v1/do-not-contact/check', { body: { identifiers: { email: ANN.email } } })).body,
    ).toEqual({ listed: true });
  });

  it('comes under another number and is not written to all the same', async () => {
    const renewed = { userId: 'crm-90210', traits: { email: ANN.email, name: 'A.' } };
    const { profileId } = await visibly(core.call, '/v1/identify', renewed);
    expect(JSON.stringify((await profile(profileId)).body)).not.toContain('belard');
    const { body } = await core.call<{ deliveryId: string }>('/v1/messages', {
      body: {
        identifiers: { userId: 'crm-90210' },
        channel: 'email',
        template: 'tea.mail',
        class: 'marketing',
      },
    });
    const ended = await until('the delivery', async () => {
      const delivery = (await core.call<{ status: string }>(`GET /v1/deliveries/${body.deliveryId}`)).body;
      return delivery.status !== 'planned' && delivery;
    });
    expect(ended.status).toBe('rejected');
    expect(mailbox.mailsTo(ANN.email.toLowerCase())).toHaveLength(1);
    expect(await searchEverywhere(core, [ANN.email])).toEqual([]);
  });

  it('leaves a device to whoever uses it now', async () => {
    const bea = await visit(core, { anonymousId: ANN.anonymousId, userId: 'bea' });
    expect(bea.profileId).toBe((await profile('user_id:bea')).body.id);
    expect(await searchEverywhere(core, [ANN.userId, ANN.email])).toEqual([]);
  });

  it('is still in the audit log, as a hash', async () => {
    const { body } = await core.call<{ items: AuditEntry[] }>(`GET /v1/audit?profile=${story.profileId}`, {
      key: 'admin',
    });
    const actions = body.items.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['read', 'export', 'erase']));
    expect(new Set(body.items.map(({ subject }) => subject)).size).toBe(1);
    expect(body.items[0]?.subject).toMatch(/^[\w-]{22}$/);
  });

  it('may come back by her own will', async () => {
    const identifiers = { userId: ANN.userId, email: ANN.email };
    expect((await core.call('/v1/do-not-contact/release', { body: { identifiers } })).body).toEqual({
      released: 2,
    });
    await visibly(core.call, '/v1/identify', { userId: ANN.userId, traits: { email: ANN.email } });
    expect((await profile(`email:${ANN.email}`)).status).toBe(200);
  });
});
