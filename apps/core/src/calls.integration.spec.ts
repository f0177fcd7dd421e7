import type { DecisionResponse } from '@repartee/contracts';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

interface Call {
  id: string;
  status: string;
  number: string | null;
  agent: string | null;
  dialogueId: string;
  identity: { profileId: string | null; verified: string; candidates: string[] };
  outcome: { code: string } | null;
}
interface Task {
  id: string;
  state: string;
  kind: string;
  dueAt: string;
  callId: string | null;
  subject: string;
}

const CALLS = {
  version: 1,
  zones: [
    { key: 'agent.main', channel: 'call_center' },
    { key: 'home.hero', channel: 'web' },
    { key: 'email.expert', channel: 'email' },
  ],
  offers: [
    { key: 'loan', name: 'Loan', value: 100, requires: 'verified', repeatable: true },
    { key: 'tea', name: 'Tea', value: 5, repeatable: true },
    {
      key: 'visit',
      name: 'A call by an expert',
      value: 50,
      repeatable: true,
      applicability: 'context.capacity.experts > 0',
    },
  ],
  treatments: ['loan', 'tea', 'visit'].flatMap((offer) => [
    {
      key: `${offer}.agent`,
      offer,
      channel: 'call_center',
      zones: ['agent.main'],
      content: { script: `May I tell you of our ${offer}, {{ profile.traits.name }}?` },
    },
    { key: `${offer}.web`, offer, channel: 'web', zones: ['home.hero'], content: { headline: offer } },
    {
      key: `${offer}.expert`,
      offer,
      channel: 'email',
      zones: ['email.expert'],
      content: { subject: offer, html: `<p>${offer}</p>` },
    },
  ]),
  reactions: [{ key: 'lost', on: { event: 'Got Lost' }, action: { channel: 'email', zone: 'email.expert' } }],
};
/** A Monday afternoon in London. */
const NOW = Date.parse('2027-03-01T15:00:00Z');

describe('calls', () => {
  let core: CoreUnderTest;
  let mailbox: Mailbox;
  let people = 0;
  const clock = new ManualClock(NOW);

  beforeAll(async () => {
    mailbox = await openMailbox();
    core = await startCore({ clock, environment: mailbox.environment });
    await apply(core, CALLS);
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
  });
  beforeEach(() => clock.set(NOW));

  const person = async () => {
    people += 1;
    const userId = `caller-${people}`;
    const phone = `+4420794601${String(people).padStart(2, '0')}`;
    const email = `${userId}@example.org`;
    const traits = { phone, email, name: 'Cal' };
    const { profileId } = await visibly(core.call, '/v1/identify', { userId, traits });
    return { userId, phone, email, profileId };
  };
  const report = async (body: object) => (await core.call<Call>('/v1/calls', { body })).body;
  const decide = async (body: object) => {
    const answer = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: {}, channel: 'call_center', zones: [{ zone: 'agent.main', count: 5 }], ...body },
    });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const offersOf = ({ zones }: DecisionResponse) => zones[0]?.offers.map(({ offer }) => offer);
  const conclude = (id: string, body: object) =>
    core.call<Call & { code: string }>(`/v1/calls/${id}/outcome`, { body });
  const tasks = async (query: string) =>
    (await core.call<{ items: Task[] }>(`GET /v1/tasks?${query}`)).body.items;

  it('are the same in whatever order they are told', async () => {
    const { phone, profileId } = await person();
    const at = (second: number) => new Date(NOW - 60_000 + second * 1000).toISOString();
    await report({ callId: 'late', event: 'ended', at: at(30) });
    await report({ callId: 'late', event: 'answered', at: at(10), agent: 'ann' });
    await report({ callId: 'late', event: 'answered', at: at(10), agent: 'ann' });
    const call = await report({ callId: 'late', event: 'started', at: at(0), number: phone });
    expect(call).toMatchObject({ status: 'ended', number: phone, agent: 'ann', transfers: 0 });
    expect(call.identity).toMatchObject({ profileId, verified: 'none', candidates: [] });
  });

  it.each(['anonymous', null, '+266696687', 'not a number'])('take %j for nobody', async (number) => {
    const call = await report({ number });
    expect(call).toMatchObject({ number: null, identity: { profileId: null, verified: 'none' } });
  });

  it('show what needs proof once the caller is verified, and replay the same', async () => {
    const { phone, profileId } = await person();
    const call = await report({ event: 'answered', number: phone });
    const before = await decide({ callId: call.id });
    expect(offersOf(before)).toEqual(['tea']);
    const unproved = { profileId, verified: 'full' };
    expect((await core.call(`/v1/calls/${call.id}/identity`, { body: unproved })).body.code).toBe(
      'CALL.UNPROVED',
    );
    const proved = { ...unproved, method: 'security-questions' };
    const identified = await core.call<Call>(`/v1/calls/${call.id}/identity`, { body: proved });
    expect(identified.body.identity).toMatchObject({ profileId, verified: 'full' });
    const after = await decide({ callId: call.id });
    expect(offersOf(after)).toEqual(['loan', 'tea']);
    expect(after.dialogueId).toBe(identified.body.dialogueId);
    expect(after.zones[0]?.offers[0]?.content['script']).toBe('May I tell you of our loan, Cal?');
    for (const { decisionId } of [before, after]) {
      const path = `/v1/decisions/${decisionId}/replay`;
      const same = async () => {
        const { status, body } = await core.call<{ outcome: string }>(path);
        return status === 200 && body;
      };
      expect(await until('the receipt', same)).toMatchObject({ outcome: 'same', differences: [] });
    }
    const receipt = await core.call<{ candidates: { offer: string; dropped: string }[] }>(
      `GET /v1/decisions/${before.decisionId}`,
    );
    expect(receipt.body.candidates.find(({ offer }) => offer === 'loan')?.dropped).toBe('not-verified');
  });

  it('cannot be verified by the browser that asks', async () => {
    const { body } = await core.call<{ token: string }>('/v1/web/session', { key: 'write', body: {} });
    const asked = { identifiers: {}, channel: 'web', zones: [{ zone: 'home.hero', count: 5 }] };
    const context = { verified: 'full' };
    const answer = (key: { bearer: string } | 'server') =>
      core.call<DecisionResponse>('/v1/decisions', { key, body: { ...asked, context } });
    expect(offersOf((await answer({ bearer: body.token })).body)).toEqual(['tea']);
    expect(offersOf((await answer('server')).body)).toEqual(['loan', 'tea']);
  });

  /** The offer that a reaction sends to somebody. */
  const reactionTo = async (userId: string) => {
    await core.call('/v1/track', { body: { userId, event: 'Got Lost' } });
    const sent = await until('the delivery', async () => {
      const rows = await core.database.query<{ offer: string }>(
        `SELECT d.offer FROM delivery d JOIN identifier i ON i.profile_id = d.profile_id
         WHERE i.namespace = 'user_id' AND i.value = $1`,
        [userId],
      );
      return rows[0];
    });
    return sent.offer;
  };

  it('are offered where agents are free, and held where none is', async () => {
    const { userId } = await person();
    const asked = { identifiers: { userId } };
    expect(offersOf(await decide(asked))).toEqual(['tea']);
    const presence = { agent: 'expert', state: 'available', queues: ['experts'] };
    await core.call('PUT /v1/agents/me/presence', { body: presence });
    const decision = await until('the free agent', async () => {
      const decided = await decide(asked);
      return offersOf(decided)?.includes('visit') && decided;
    });
    // What the product does by itself goes by the same capacity.
    expect(await reactionTo(userId)).toBe('visit');
    await core.call('PUT /v1/agents/me/presence', { body: { ...presence, state: 'busy' } });
    await until('nobody free', async () => !offersOf(await decide(asked))?.includes('visit'));
    expect(await reactionTo((await person()).userId)).toBe('tea');
    const replay = await until('the receipt', async () => {
      const { status, body } = await core.call<{ outcome: string }>(
        `/v1/decisions/${decision.decisionId}/replay`,
      );
      return status === 200 && body;
    });
    expect(replay).toMatchObject({ outcome: 'same', differences: [] });
  });

  it('end with an outcome, once, and an answer to the offer', async () => {
    const { phone, profileId } = await person();
    const call = await report({ event: 'answered', number: phone });
    const offer = (await decide({ callId: call.id })).zones[0]?.offers[0];
    expect((await conclude(call.id, { code: 'unheard-of' })).body.code).toBe('CALL.UNKNOWN_OUTCOME');
    expect((await conclude(call.id, { code: 'sold', token: 'x' })).body.code).toBe('RESPONSE.INVALID_TOKEN');
    const sold = { code: 'sold', token: offer?.token, value: 12, currency: 'EUR', note: 'Two boxes' };
    expect((await conclude(call.id, sold)).body.outcome).toMatchObject({ code: 'sold' });
    expect((await conclude(call.id, sold)).status).toBe(200);
    expect((await conclude(call.id, { code: 'handled' })).body.code).toBe('CALL.OUTCOME_GIVEN');
    await until('the accept', async () => {
      const { body } = await core.call<{ items: { kind: string; data: object }[] }>(
        `GET /v1/profiles/${profileId}/timeline`,
      );
      return body.items.some((item) => JSON.stringify(item).includes('accept'));
    });
    const turns = await core.call<{ turns: { said: object }[] }>(
      `GET /v1/dialogues/${call.dialogueId}/turns`,
    );
    expect(turns.body.turns.map(({ said }) => said)).toContainEqual(
      expect.objectContaining({ outcome: 'sold', note: 'Two boxes' }),
    );
  });

  it('that are to be made again become tasks at a lawful hour', async () => {
    const { phone, profileId } = await person();
    const call = await report({ number: phone });
    const body = { code: 'call_back', callBackAt: '2027-03-02T23:00:00Z', note: 'Ask for Cal' };
    await conclude(call.id, body);
    const [task] = await tasks(`profile=${profileId}`);
    expect(task).toMatchObject({
      kind: 'call_back',
      subject: 'Ask for Cal',
      dueAt: '2027-03-03T09:00:00.000Z',
      callId: call.id,
    });
  });

  it('that reach nobody are made again later, as often as the settings say', async () => {
    const number = '+442079460777';
    const end = async (code: string, more: object = {}) => {
      const made = { number, direction: 'outbound', event: 'ended', ...more };
      const { body: call } = await core.call<{ id: string }>('/v1/calls', { body: made });
      expect((await core.call(`/v1/calls/${call.id}/outcome`, { body: { code } })).status).toBe(200);
      return call.id;
    };
    type Again = { id: string; callId: string; attempts: number; state: string; dueAt: string };
    const tasks = async (state = 'open') =>
      (await core.call<{ items: Again[] }>(`GET /v1/tasks?kind=call_back&limit=200&state=${state}`)).body
        .items;
    const callId = await end('busy');
    const [again] = (await tasks()).filter((one) => one.callId === callId);
    expect(again).toMatchObject({ attempts: 1, dueAt: new Date(clock.now() + 120 * 60_000).toISOString() });
    const taskId = again?.id;
    await end('voicemail', { taskId });
    expect((await tasks()).find(({ id }) => id === taskId)).toMatchObject({ attempts: 2 });
    await end('no_answer', { taskId });
    expect((await tasks('exhausted')).find(({ id }) => id === taskId)).toMatchObject({ attempts: 3 });
    const inbound = await end('voicemail', { direction: 'inbound' });
    expect((await tasks()).filter((one) => one.callId === inbound)).toEqual([]);
  });

  it('are not made again where nobody wants them or somebody else answers', async () => {
    const { phone, profileId } = await person();
    await core.call('/v1/tasks', { body: { kind: 'call_back', subject: 'x', number: phone, profileId } });
    const first = await report({ number: phone });
    await conclude(first.id, { code: 'do_not_call' });
    expect(await tasks(`profile=${profileId}`)).toEqual([]);
    const again = { kind: 'call_back', subject: 'x', profileId };
    expect((await core.call('/v1/tasks', { body: again })).body.code).toBe('TASK.DO_NOT_CALL');
    await until('the consent', async () => {
      const { body } = await core.call<{ consents: Record<string, { status: string }> }>(
        `GET /v1/profiles/${profileId}`,
      );
      return body.consents['call_center']?.status === 'denied';
    });
    const other = await person();
    await core.call('/v1/tasks', { body: { ...again, profileId: other.profileId } });
    const second = await report({ number: other.phone });
    await conclude(second.id, { code: 'wrong_number' });
    expect(await tasks(`profile=${other.profileId}&state=cancelled`)).toHaveLength(1);
    const marked = await core.database.query<{ channel: string }>(
      'SELECT channel FROM address_state WHERE address = $1',
      [other.phone],
    );
    expect(marked.map(({ channel }) => channel)).toContain('call_center');
  });

  it('that are answered let marketing wait, and it goes by itself afterwards', async () => {
    const { phone, userId } = await person();
    await apply(core, {
      version: 1,
      zones: [{ key: 'email.main', channel: 'email' }],
      treatments: [
        {
          key: 'tea.mail',
          offer: 'tea',
          channel: 'email',
          zones: ['email.main'],
          content: { subject: 'Tea', html: '<p>Tea</p>' },
        },
      ],
    });
    const callId = 'held';
    await report({ callId, event: 'answered', number: phone });
    const send = async (kind: string) => {
      const body = { identifiers: { userId }, channel: 'email', template: 'tea.mail', class: kind };
      return (await core.call<{ deliveryId: string }>('/v1/messages', { body })).body.deliveryId;
    };
    const stands = async (id: string) =>
      (await core.call<{ status: string; reason: string }>(`GET /v1/deliveries/${id}`)).body;
    const marketing = await send('marketing');
    const held = await until('the hold', async () => {
      const { status, reason } = await stands(marketing);
      return reason && { status, reason };
    });
    expect(held).toEqual({ status: 'planned', reason: 'the person is on the phone' });
    const transactional = await send('transactional');
    await until('the receipt', async () => (await stands(transactional)).status === 'accepted');
    await report({ callId, event: 'ended' });
    clock.advance(16_000);
    await until(
      'the pause after',
      async () => (await stands(marketing)).reason === 'the person was on the phone',
    );
    clock.advance(31 * 60_000);
    await until('the message', async () => (await stands(marketing)).status === 'accepted');
    expect(mailbox.received.length).toBeGreaterThan(1);
  });
});
