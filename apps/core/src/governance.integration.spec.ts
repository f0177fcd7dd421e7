import type { Source } from '@repartee/governance';
import { startCore, type CoreUnderTest } from './testing/start-core.js';

const PLAN = {
  unplanned: 'block',
  events: [
    {
      name: 'Order Completed',
      schema: { type: 'object', required: ['order_id'], properties: { order_id: { type: 'string' } } },
    },
  ],
};

describe('the rules for data', () => {
  let core: CoreUnderTest;

  beforeAll(async () => {
    core = await startCore();
  });
  afterAll(() => core.stop());

  const admin = (route: string, body?: unknown, headers = {}) =>
    core.call<Source>(route, { key: 'admin', body, headers });

  it('keeps sources, each with a version', async () => {
    const made = await admin('/v1/sources', { key: 'crm', name: 'CRM', trustRank: 90, party: 'second' });
    expect(made).toMatchObject({ status: 201, body: { key: 'crm', late: false, expectedEvery: null } });
    expect(made.headers.get('etag')).toBe('"1"');
    expect((await admin('/v1/sources', { key: 'crm', name: 'Again' })).status).toBe(409);
    const change = { name: 'CRM', expectedEvery: 3600, trackingPlan: PLAN };
    expect((await admin('PUT /v1/sources/crm', change)).status).toBe(428);
    expect((await admin('PUT /v1/sources/crm', change, { 'if-match': '"9"' })).status).toBe(412);
    expect((await admin('PUT /v1/sources/crm', change, { 'if-match': 'x' })).status).toBe(412);
    const changed = await admin('PUT /v1/sources/crm', change, { 'if-match': '"1"' });
    expect(changed).toMatchObject({ status: 200, body: { trustRank: 50, expectedEvery: 3600, version: 2 } });
    expect((await admin('GET /v1/sources/crm')).body).toEqual(changed.body);
    expect((await core.call('GET /v1/sources')).body).toMatchObject({
      items: [{ key: 'crm' }],
      nextCursor: null,
    });
    expect((await admin('DELETE /v1/sources/crm', undefined, { 'if-match': '"1"' })).status).toBe(412);
    expect((await admin('DELETE /v1/sources/crm', undefined, { 'if-match': '"2"' })).status).toBe(204);
    expect((await admin('GET /v1/sources/crm')).status).toBe(404);
  });

  it.each([
    ['a schema with a typing error', { requird: [] }],
    [
      'a schema that contains itself',
      { $ref: '#/definitions/a', definitions: { a: { $ref: '#/definitions/a' } } },
    ],
    ['a schema of elsewhere', { $ref: 'http://example.org/schema.json' }],
    ['a pattern that looks behind', { pattern: '(?<=a)b' }],
  ])('refuses %s, and says where', async (_what, schema) => {
    const body = {
      key: 'bad',
      name: 'Bad',
      trackingPlan: { events: [{ name: 'A' }, { name: 'B', schema }] },
    };
    const answer = await core.call('/v1/sources', { key: 'admin', body });
    expect(answer.body).toMatchObject({ status: 422, code: 'GOVERNANCE.SCHEMA_REFUSED' });
    expect(answer.body.errors[0]?.pointer).toMatch(/^#\/trackingPlan\/events\/1\/schema/);
  });

  it.each([
    ['no body', undefined],
    ['a key that is none', { key: 'A B', name: 'x' }],
    ['a rank beyond all', { key: 'x', name: 'x', trustRank: 101 }],
    ['a member nobody knows', { key: 'x', name: 'x', colour: 'red' }],
    ['a mode nobody knows', { key: 'x', name: 'x', trackingPlan: { mode: 'explode' } }],
  ])('refuses %s', async (_what, body) => {
    expect((await admin('/v1/sources', body)).status).toBe(400);
  });

  it('lets administrators alone change the rules', async () => {
    expect((await core.call('/v1/sources', { body: { key: 'x', name: 'x' } })).status).toBe(403);
    expect((await core.call('GET /v1/audit')).status).toBe(403);
    expect((await core.call('PUT /v1/classification', { body: {} })).status).toBe(403);
    expect((await core.call('GET /v1/sources', { key: null })).status).toBe(401);
  });

  it('classes fields, shipped and of one’s own', async () => {
    const route = 'GET /v1/classification';
    const { headers, body } = await core.call<{ effective: object }>(route);
    expect(body).toMatchObject({ fields: {}, effective: { email: 'contact' } });
    const own = { fields: { 'traits.shoe_size': 'sensitive' } };
    const ifMatch = { 'if-match': headers.get('etag') ?? '' };
    expect((await admin('PUT /v1/classification', own, ifMatch)).status).toBe(200);
    expect((await admin('PUT /v1/classification', own, ifMatch)).status).toBe(412);
    expect((await core.call(route)).body).toMatchObject(own);
  });
});
