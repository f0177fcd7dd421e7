import type { AuditEntry, PrivacyRequest } from '@repartee/governance';
import { ANN, openShop, type Story, tellAnn } from './testing/ann.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

interface Line {
  kind: string;
  data: Record<string, unknown>;
}

describe('an export for a warehouse', () => {
  let core: CoreUnderTest;
  let mailbox: Mailbox;
  let story: Story;
  const lines = async (body?: object) => {
    const { status, headers, text } = await core.call('/v1/exports', { body });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const read = text === '' ? [] : text.trimEnd().split('\n');
    return read.map((line) => JSON.parse(line) as Line);
  };
  const kinds = (found: Line[]) => [...new Set(found.map(({ kind }) => kind))];

  beforeAll(async () => {
    mailbox = await openMailbox();
    core = await startCore({ environment: mailbox.environment });
    await openShop(core);
    story = await tellAnn(core, mailbox);
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
  });

  it('holds every event, decision and response, a line each', async () => {
    const found = await lines({});
    expect(kinds(found)).toEqual(['event', 'decision', 'response']);
    const [row] = await core.database.query<{ events: number; decisions: number }>(
      `SELECT (SELECT count(*)::int FROM event_log) AS events, (SELECT count(*)::int FROM decision_receipt) AS decisions`,
    );
    expect(found.filter(({ kind }) => kind !== 'decision')).toHaveLength(row?.events ?? 0);
    expect(found.filter(({ kind }) => kind === 'decision')).toHaveLength(row?.decisions ?? 0);
    expect(found).toContainEqual({
      kind: 'event',
      data: expect.objectContaining({ name: 'Order Completed', source: 'default' }),
    });
    expect(found).toContainEqual({
      kind: 'decision',
      data: expect.objectContaining({ decisionId: story.decisionId }),
    });
    expect(found).toContainEqual({
      kind: 'response',
      data: expect.objectContaining({ name: 'offer:accept' }),
    });
  });

  it('holds the kinds, the span and the source that are asked for', async () => {
    expect(kinds(await lines({ kinds: ['responses'] }))).toEqual(['response']);
    expect(await lines({ until: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await lines({ from: '2100-01-01T00:00:00Z', until: '2101-01-01T00:00:00Z' })).toEqual([]);
    expect(await lines({ kinds: ['events'], source: 'nobody' })).toEqual([]);
    expect((await lines({ kinds: ['events'], source: 'default' })).length).toBeGreaterThan(2);
  });

  it('takes many pages without a gap or a copy', async () => {
    const batch = Array.from({ length: 1203 }, (_, index) => ({
      type: 'track',
      userId: `many-${index % 7}`,
      event: 'Counted',
      messageId: `many-${index}`,
    }));
    await visibly(core.call, '/v1/batch', { batch });
    const found = await lines({ kinds: ['events'] });
    const ids = found.filter(({ data }) => data['name'] === 'Counted').map(({ data }) => data['messageId']);
    expect(ids).toHaveLength(batch.length);
    expect(new Set(ids).size).toBe(batch.length);
  });

  it('is noted in the audit log', async () => {
    await until('the entry', async () => {
      const { body } = await core.call<{ items: AuditEntry[] }>('GET /v1/audit', { key: 'admin' });
      return body.items.some(({ action, subject }) => action === 'export' && subject === 'everybody');
    });
  });

  it('leaves out what waits for the end of a restriction, and who was erased', async () => {
    await visibly(core.call, '/v1/identify', { userId: 'rita', traits: { name: 'Rita' } });
    await core.call('/v1/profiles/user_id:rita/restrict', { body: {} });
    await core.call('/v1/track', { body: { userId: 'rita', event: 'Secretly Seen' } });
    await until('the event to be held back', async () => {
      const held = await core.database.query('SELECT 1 FROM event_held');
      return held.length > 0;
    });
    const { body } = await core.call<{ requestId: string }>(`DELETE /v1/profiles/${story.profileId}`);
    await until('the erasure', async () => {
      const request = await core.call<PrivacyRequest>(`GET /v1/privacy-requests/${body.requestId}`);
      return request.body.status === 'completed';
    });
    const text = JSON.stringify(await lines());
    expect(text).not.toContain('Secretly Seen');
    for (const told of [ANN.userId, ANN.email, story.decisionId]) expect(text).not.toContain(told);
  });

  it.each([[{ kinds: [] }], [{ kinds: ['secrets'] }], [{ from: 'yesterday' }], [{ pages: 1 }]])(
    'refuses %j',
    async (body) => {
      expect((await core.call('/v1/exports', { body })).status).toBe(400);
    },
  );
});
