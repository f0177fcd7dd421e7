import { CallBell } from '@repartee/engagement';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { EventSourceUnderTest } from './testing/event-source.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

interface Call {
  id: string;
  status: string;
  identity: { profileId: string | null; verified: string };
}
interface Pop {
  person: {
    profileId: string;
    masked: boolean;
    name: string | null;
    traits: Record<string, unknown>;
    segments: { key: string; name: string }[];
    identifiers: { namespace: string; value: string }[];
  } | null;
  candidates: { profileId: string; name: string | null; email: string | null }[];
  seen: { offer: string; response: string; content: Record<string, unknown> | null }[];
  talks: { open: boolean; turns: { said: Record<string, unknown> }[] }[];
  journey: { kind: string; name: string | null; words: string | null; data: Record<string, unknown> }[];
}

const NOW = Date.parse('2027-03-01T15:00:00Z');
const OFFERS = {
  version: 1,
  zones: [{ key: 'home.hero', channel: 'web' }],
  segments: [{ key: 'gold', name: 'Gold members', when: 'profile.traits.plan == "gold"' }],
  offers: [{ key: 'tea', name: 'Tea', value: 5, repeatable: true }],
  treatments: [
    {
      key: 'tea.hero',
      offer: 'tea',
      channel: 'web',
      zones: ['home.hero'],
      content: { headline: 'Tea, {{ profile.traits.name }}?' },
    },
  ],
};

describe('the desk of an agent', () => {
  let core: CoreUnderTest;
  let people = 0;
  const clock = new ManualClock(NOW);

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, OFFERS);
  });
  afterAll(() => core.stop());
  beforeEach(() => clock.set(NOW));

  const person = async (phone?: string, name = 'Ann Smith') => {
    people += 1;
    const userId = `desk-${people}`;
    const number = phone ?? `+4420794602${String(people).padStart(2, '0')}`;
    const traits = { phone: number, email: `${userId}@example.org`, name, plan: 'gold' };
    const { profileId } = await visibly(core.call, '/v1/identify', { userId, traits });
    return { userId, number, profileId };
  };
  const report = async (body: object) => (await core.call<Call>('/v1/calls', { body })).body;
  const pop = async (id: string) => (await core.call<Pop>(`GET /v1/desk/calls/${id}`)).body;
  const verify = (id: string, profileId: string) =>
    core.call(`/v1/calls/${id}/identity`, { body: { profileId, verified: 'full', method: 'questions' } });

  it('hides who somebody is until they are verified, and shows what they did', async () => {
    const { userId, number, profileId } = await person();
    await visibly(core.call, '/v1/track', {
      userId,
      event: 'Product Viewed',
      properties: { name: 'Camera', email: 'ann@example.org' },
    });
    await core.call(`/v1/profiles/${profileId}/notes`, { body: { text: 'Prefers mornings' } });
    const call = await report({ number });
    const before = await pop(call.id);
    expect(before.person).toMatchObject({ profileId, masked: true, name: 'A••• S•••', segments: [] });
    expect(before.person?.traits).toMatchObject({
      plan: 'gold',
      email: 'd•••@e•••.org',
      phone: `••• ${number.slice(-2)}`,
    });
    expect(JSON.stringify(before)).not.toMatch(/Ann Smith|desk-\d+@|Prefers mornings|ann@example/);
    expect(before.journey.find(({ name }) => name === 'Product Viewed')?.data).toMatchObject({
      name: 'Camera',
    });
    await verify(call.id, profileId);
    const after = await pop(call.id);
    const segments = [{ key: 'gold', name: 'Gold members' }];
    expect(after.person).toMatchObject({ masked: false, name: 'Ann Smith', segments });
    expect(after.journey.find(({ kind }) => kind === 'note')?.words).toBe('Prefers mornings');
    const page = await core.call<{ items: unknown[] }>(`GET /v1/desk/calls/${call.id}/journey?q=mornings`);
    expect(page.body.items).toHaveLength(1);
  });

  it('shows the very creative that the person saw', async () => {
    const { userId, number, profileId } = await person();
    const decided = await core.call<{ zones: { offers: { token: string }[] }[] }>('/v1/decisions', {
      body: { identifiers: { userId }, channel: 'web', zones: [{ zone: 'home.hero' }] },
    });
    const token = decided.body.zones[0]?.offers[0]?.token;
    await core.call('/v1/responses', { body: { responseId: `seen-${userId}`, token, type: 'impression' } });
    const call = await report({ number });
    await verify(call.id, profileId);
    const seen = await until('the impression', async () => {
      const found = (await pop(call.id)).seen[0];
      return found;
    });
    expect(seen).toMatchObject({
      offer: 'tea',
      response: 'impression',
      content: { headline: 'Tea, Ann Smith?' },
    });
  });

  it('names who may be calling from a shared number, and assumes nobody', async () => {
    const number = '+442079460999';
    const names = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eve', 'Flo'];
    const sharers = [];
    for (const name of names) sharers.push(await person(number, name));
    const call = await until('the shared number', async () => {
      const heard = await report({ number });
      return heard.identity.profileId === null && heard;
    });
    const shown = await pop(call.id);
    expect(shown.person).toBeNull();
    expect(shown.candidates.map(({ profileId }) => profileId).sort()).toEqual(
      sharers.map(({ profileId }) => profileId).sort(),
    );
    expect(shown.candidates.map(({ name }) => name)).toContain('C•••');
  });

  it('detaches a call from the wrong person, doubts the number and asks for a review', async () => {
    const { number, profileId } = await person();
    const call = await report({ number, event: 'answered' });
    const body = { note: 'Her brother has it now' };
    const done = await core.call<{ taskId: string }>(`/v1/desk/calls/${call.id}/wrong-person`, { body });
    expect(done.status).toBe(200);
    expect((await pop(call.id)).person).toBeNull();
    const task = await core.call<{ profileId: string; data: object }>(`GET /v1/tasks/${done.body.taskId}`);
    expect(task.body).toMatchObject({ profileId, data: { review: 'wrong-person', ...body } });
    const doubted = await core.database.query<{ channel: string }>(
      'SELECT channel FROM address_state WHERE address = $1',
      [number],
    );
    expect(doubted.length).toBeGreaterThan(0);
    const again = await core.call<{ code: string }>(`/v1/desk/calls/${call.id}/wrong-person`, { body });
    expect(again.body.code).toBe('CALL.NOBODY');
  });

  it('hears of calls, tasks, notices and of people on the phone as it happens', async () => {
    const { userId, number, profileId } = await person();
    const events = await EventSourceUnderTest.open(
      `${core.url}/v1/stream?topics=calls,tasks,people,notices`,
      {
        authorization: `Bearer ${core.keys.server}`,
      },
    );
    const call = await report({ number, event: 'answered', agent: 'ann', queue: 'sales' });
    expect((await events.next('calls')).data).toMatchObject({
      callId: call.id,
      status: 'answered',
      agent: 'ann',
      profileId,
      verified: 'none',
    });
    await visibly(core.call, '/v1/track', { userId, event: 'Cart Viewed' });
    const done = await events.next('people', (data) => data['profileId'] === profileId);
    expect(done.data).toMatchObject({ kind: 'event' });
    const made = await core.call<{ id: string }>('/v1/tasks', { body: { kind: 'other', subject: 'x' } });
    const work = await events.next('tasks', ({ taskId }) => taskId === made.body.id);
    expect(work.data).toMatchObject({ state: 'open' });
    await core.call('/v1/desk/notices', { body: { words: 'All hands' } });
    expect((await events.next('notices')).data).toMatchObject({ words: 'All hands' });
    events.close();
  });

  it('rings by the time a call is reported: no desk of this process waits for the next look', async () => {
    let rung = 0;
    core.app.get(CallBell, { strict: false }).onRing(() => (rung += 1));
    const { id } = await report({ event: 'answered', agent: 'ann' });
    expect(rung).toBe(1);
    const body = { profileId: null, verified: 'none' };
    await core.call(`/v1/calls/${id}/identity`, { body });
    expect(rung).toBe(2);
  });

  it('lists what rings in its queues and what is its own', async () => {
    const mine = await report({ event: 'answered', agent: 'lil', queue: 'help' });
    const rings = await report({ queue: 'help' });
    await report({ queue: 'elsewhere' });
    await report({ event: 'answered', agent: 'max', queue: 'help' });
    const { body } = await core.call<{ items: Call[] }>('GET /v1/calls?agent=lil&queue=help');
    expect(body.items.map(({ id }) => id).sort()).toEqual([mine.id, rings.id].sort());
  });

  it('says who else looks at a task', async () => {
    const { body: task } = await core.call<{ id: string }>('/v1/tasks', {
      body: { kind: 'other', subject: 'x' },
    });
    const look = async (agent: string) =>
      (await core.call<{ others: string[] }>(`PUT /v1/desk/tasks/${task.id}/viewing`, { body: { agent } }))
        .body.others;
    expect(await look('ann')).toEqual([]);
    expect(await look('bob')).toEqual(['ann']);
    clock.advance(31_000);
    expect(await look('ann')).toEqual([]);
  });

  it('lets a supervisor see how queues and agents do', async () => {
    const at = (second: number) => new Date(NOW + second * 1000).toISOString();
    const presence = { agent: 'eve', state: 'available', queues: ['board'], heartbeatSeconds: 3600 };
    await core.call('PUT /v1/agents/me/presence', { body: presence });
    clock.advance(400_000);
    for (const [callId, answered] of [
      ['quick', 10],
      ['slow', 50],
    ] as const) {
      await report({ callId, event: 'started', at: at(0), queue: 'board' });
      await report({ callId, event: 'answered', at: at(answered), agent: 'eve' });
      const call = await report({ callId, event: 'ended', at: at(answered + 100) });
      clock.set(NOW + (answered + 120) * 1000);
      await core.call(`/v1/calls/${call.id}/outcome`, {
        body: { code: callId === 'quick' ? 'sold' : 'handled' },
      });
      clock.set(NOW + 400_000);
    }
    await report({ callId: 'gone', event: 'started', at: at(0), queue: 'board' });
    await report({ callId: 'gone', event: 'ended', at: at(30) });
    const { body } = await core.call<{ totals: object; agents: Record<string, unknown>[] }>(
      'GET /v1/desk/board?queue=board',
    );
    expect(body.totals).toMatchObject({
      calls: 3,
      answered: 2,
      abandoned: 1,
      serviceLevel: 1 / 3,
      abandonment: 1 / 3,
      speedOfAnswer: 30,
      handling: 100,
      wrapUp: 20,
    });
    expect(body.agents.find(({ agent }) => agent === 'eve')).toMatchObject({
      state: 'available',
      answered: 2,
      accepted: 1,
      occupancy: 0.6,
    });
    const csv = await core.call('GET /v1/desk/board/export?queue=board');
    expect(csv.text).toContain('eve,available,');
  });
});
