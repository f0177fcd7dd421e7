import { ManualClock } from '@repartee/platform/testing';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

interface Task {
  id: string;
  state: string;
  dueAt: string;
  claim: { agent: string; until: string } | null;
  attempts: number;
  subject: string;
  version: number;
}
interface Page {
  items: Task[];
  nextCursor: string | null;
}

/** A Monday, ten in the morning in New York. */
const NOW = Date.parse('2027-03-01T15:00:00Z');
const NUMBER = '+12125550123';
const HOUR = 3_600_000;

describe('tasks', () => {
  let place: Place;
  let cores: [CoreUnderTest, CoreUnderTest];
  let core: CoreUnderTest;
  const clock = new ManualClock(NOW);

  beforeAll(async () => {
    place = await createPlace();
    core = await startCore({ place, clock });
    cores = [core, await startCore({ place, clock })];
  });
  afterAll(async () => {
    await Promise.all(cores.map((one) => one.stop()));
    await place.remove();
  });
  beforeEach(() => clock.set(NOW));

  const make = async (task: object = {}) => {
    const body = { kind: 'other', subject: 'Look into it', ...task };
    const answer = await core.call<Task>('/v1/tasks', { body });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const work = <T = Task>(id: string, verb: string, body: object = {}, headers = {}, by = core) =>
    by.call<T & { code: string }>(`/v1/tasks/${id}/${verb}`, { body, headers });

  it('go to one of twenty agents who want one at the same time, over two cores', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await make();
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_none, index) =>
          work(id, 'claim', { agent: `agent-${index}` }, {}, cores[index % 2]),
        ),
      );
      const winners = claims.filter(({ status }) => status === 200);
      expect(winners).toHaveLength(1);
      expect(claims.filter(({ body }) => body.code === 'TASK.CLAIMED')).toHaveLength(19);
    }
  });

  it('are free again when a claim is over, given back or handed on', async () => {
    const { id } = await make();
    await work(id, 'claim', { agent: 'ann' });
    expect((await work(id, 'release', { agent: 'bob' })).body.code).toBe('TASK.CLAIMED');
    clock.advance(16 * 60_000);
    expect((await work(id, 'claim', { agent: 'bob' })).body.claim?.agent).toBe('bob');
    expect((await work(id, 'complete', { agent: 'ann' })).body.code).toBe('TASK.CLAIMED');
    expect((await work(id, 'release', { agent: 'bob' })).body.claim).toBeNull();
    expect((await work(id, 'complete', { agent: 'ann' })).body.code).toBe('TASK.NOT_CLAIMED');
    const given = await work(id, 'reassign', { to: 'cat', queue: 'care' });
    expect(given.body).toMatchObject({ claim: { agent: 'cat' }, queue: 'care' });
    const snoozed = await work(id, 'snooze', { agent: 'cat', until: new Date(NOW + 5 * HOUR).toISOString() });
    expect(snoozed.body).toMatchObject({ claim: null, dueAt: new Date(NOW + 5 * HOUR).toISOString() });
    expect((await work(id, 'snooze', { until: '2020-01-01T00:00:00Z' })).status).toBe(422);
  });

  it('heed If-Match where it is given', async () => {
    const { id } = await make();
    const { headers } = await core.call(`GET /v1/tasks/${id}`);
    const seen = headers.get('etag') ?? '';
    await work(id, 'claim', { agent: 'ann' });
    expect((await work(id, 'release', { agent: 'ann' }, { 'if-match': seen })).status).toBe(412);
    expect((await work(id, 'release', { agent: 'ann' }, { 'if-match': '"2"' })).status).toBe(200);
  });

  it('come back until they were tried often enough', async () => {
    const { id } = await make({ kind: 'call_back', number: NUMBER });
    for (const attempt of [1, 2, 3]) {
      const { dueAt } = (await core.call<Task>(`GET /v1/tasks/${id}`)).body;
      clock.set(Math.max(clock.now(), Date.parse(dueAt)));
      await work(id, 'claim', { agent: 'ann' });
      const { body } = await work(id, 'complete', { agent: 'ann', result: 'not_reached' });
      expect(body).toMatchObject({ attempts: attempt, state: attempt < 3 ? 'open' : 'exhausted' });
    }
    expect((await work(id, 'claim', { agent: 'ann' })).body.code).toBe('TASK.CLOSED');
  });

  it('let nobody be called at night, by the clock where they are', async () => {
    clock.set(Date.parse('2027-03-02T05:00:00Z'));
    const { dueAt, id } = await make({ kind: 'call_back', number: NUMBER });
    // Their time zone is not known: eight in the morning in Honolulu, one in the afternoon in New York.
    expect(dueAt).toBe('2027-03-02T18:00:00.000Z');
    const refused = await work<{ until: string }>(id, 'claim', { agent: 'ann' });
    expect(refused.body).toMatchObject({ code: 'TASK.NOT_NOW', until: dueAt });
    const { profileId } = await visibly(core.call, '/v1/identify', {
      userId: 'eva',
      traits: { phone: '+12125550177', timezone: 'America/New_York' },
    });
    const known = await make({ kind: 'call_back', profileId });
    expect(known.dueAt).toBe('2027-03-02T13:00:00.000Z');
  });

  it('let nobody be called who does not want it', async () => {
    const number = '+12125550144';
    const { id } = await make({ kind: 'call_back', number });
    const listed = await core.call<object>('/v1/do-not-call', { body: { numbers: ['+1 (212) 555-0144'] } });
    expect(listed.body).toEqual({ listed: 1 });
    const check = { body: { numbers: [number, NUMBER] } };
    expect((await core.call<object>('/v1/do-not-call/check', check)).body).toEqual({ listed: [number] });
    expect((await work(id, 'claim', { agent: 'ann' })).body.code).toBe('TASK.DO_NOT_CALL');
    expect((await core.call<Task>(`GET /v1/tasks/${id}`)).body.state).toBe('cancelled');
    const again = await core.call('/v1/tasks', { body: { kind: 'call_back', subject: 'x', number } });
    expect(again.body.code).toBe('TASK.DO_NOT_CALL');
    await core.call('/v1/do-not-call/release', { body: { numbers: [number] } });
    await make({ kind: 'call_back', number });
  });

  it('are listed page by page, the most urgent first', async () => {
    for (const priority of [10, 90, 50, 90, 30]) await make({ queue: 'pages', priority });
    const seen: string[] = [];
    let cursor = '';
    do {
      const query = `queue=pages&limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await core.call<Page>(`GET /v1/tasks?${query}`);
      seen.push(...body.items.map((task) => String((task as unknown as { priority: number }).priority)));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(['90', '90', '50', '30', '10']);
    expect((await core.call('GET /v1/tasks?cursor=x')).status).toBe(400);
  });

  it('are made once of one origin', async () => {
    const body = { kind: 'other', subject: 'Once', origin: 'order-7' };
    const first = await core.call<Task>('/v1/tasks', { body });
    const second = await core.call<Task>('/v1/tasks', { body });
    expect([first.status, second.status, second.body.id]).toEqual([201, 200, first.body.id]);
  });

  it('go to agents who have the skill, and queues tell who is free', async () => {
    const present = (body: object) => core.call('PUT /v1/agents/me/presence', { body });
    await present({ agent: 'dan', state: 'available', skills: ['french'], queues: ['lang'] });
    await present({ agent: 'eve', state: 'available', skills: [], queues: ['lang'] });
    const { id } = await make({ queue: 'lang', skills: ['french'] });
    clock.advance(30_000);
    expect((await core.call<object>('GET /v1/queues/lang/stats')).body).toEqual({
      queue: 'lang',
      waiting: 1,
      oldestSeconds: 30,
      claimed: 0,
      agentsAvailable: 2,
      capacity: 1,
      averageHandlingSeconds: null,
    });
    expect((await work(id, 'claim', { agent: 'eve' })).body.code).toBe('TASK.SKILL_MISSING');
    await work(id, 'claim', { agent: 'dan' });
    clock.advance(20_000);
    await work(id, 'complete', { agent: 'dan' });
    expect((await core.call<object>('GET /v1/queues/lang/stats')).body).toMatchObject({
      waiting: 0,
      averageHandlingSeconds: 20,
    });
    clock.advance(60_000);
    expect((await core.call<object>('GET /v1/queues/lang/stats')).body).toMatchObject({ agentsAvailable: 0 });
  });
});
