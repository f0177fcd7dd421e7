import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { signedIn } from './testing/signed-in.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

const NOW = Date.parse('2027-03-01T15:00:00Z');
const SECRETS = /Ann|Meadows|masked-\d+@|2079461\d|Prefers mornings/;
const pitch = (key: string, channel: string, content: object) => ({
  key: `tea.${key}`,
  offer: 'tea',
  channel,
  zones: [`${key}.main`],
  content,
});
const OFFERS = {
  version: 1,
  zones: [
    { key: 'agent.main', channel: 'call_center' },
    { key: 'web.main', channel: 'web' },
    { key: 'mail.main', channel: 'email' },
  ],
  offers: [
    {
      key: 'tea',
      name: 'Tea',
      value: 5,
      repeatable: true,
      currency: 'EUR',
      negotiation: {
        levers: [{ key: 'discount', from: 0, to: 10, step: 5, costPerStep: 1 }],
        budgets: [{ amount: 1000, each: 'agent', period: 'month', timeZone: 'UTC' }],
      },
    },
    { key: 'cup', name: 'Cup', value: 1, eligibility: 'profile.traits.plan == "silver"' },
  ],
  treatments: [
    pitch('agent', 'call_center', { script: 'Tea, {{ profile.traits.name }}?' }),
    pitch('web', 'web', { headline: 'Tea for {{ profile.traits.email }}?' }),
    pitch('mail', 'email', { subject: 'Tea', text: 'Dear {{ profile.traits.name }}', html: '<p>Tea</p>' }),
    {
      key: 'cup.agent',
      offer: 'cup',
      channel: 'call_center',
      zones: ['agent.main'],
      content: { script: 'Cup?' },
    },
  ],
};

interface Decided {
  zones: { offers: { offer: string; token: string; content: Record<string, string> }[] }[];
}

describe('what an agent learns of people', () => {
  const clock = new ManualClock(NOW);
  let core: CoreUnderTest;
  let agent: Record<string, string>;
  let people = 0;
  const ask = <T = object>(route: string, body?: unknown, headers = {}) =>
    core.call<T>(route, {
      key: null,
      headers: { ...agent, ...headers },
      ...(body !== undefined && { body }),
    });

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, OFFERS);
    agent = await signedIn(core, ['agent']);
  });
  afterAll(() => core.stop());

  async function caller() {
    people += 1;
    const userId = `masked-${people}`;
    const number = `+4420794610${String(people).padStart(2, '0')}`;
    const traits = { phone: number, email: `${userId}@example.org`, name: 'Ann Meadows', plan: 'gold' };
    const { profileId } = await visibly(core.call, '/v1/identify', { userId, traits });
    await core.call(`/v1/profiles/${profileId}/notes`, { body: { text: 'Prefers mornings' } });
    const answered = { number, event: 'answered', agent: 'agent@example.test' };
    const { body: call } = await ask<{ id: string }>('/v1/calls', answered);
    const verify = () =>
      ask(`/v1/calls/${call.id}/identity`, { profileId, verified: 'full', method: 'document' });
    const decide = async (asked: object) =>
      (await ask<Decided>('/v1/decisions', { context: {}, ...asked })).body.zones[0]?.offers ?? [];
    const ofCall = {
      identifiers: {},
      callId: call.id,
      channel: 'call_center',
      zones: [{ zone: 'agent.main', count: 3 }],
      explain: true,
    };
    return { userId, profileId, call, verify, decide, ofCall };
  }

  it('comes from the desk alone', async () => {
    const { profileId, userId, call } = await caller();
    for (const route of [
      'GET /v1/profiles?q=Meadows',
      `GET /v1/profiles/${profileId}`,
      `GET /v1/profiles/user_id:${userId}`,
      `GET /v1/profiles/${profileId}/timeline`,
      `GET /v1/profiles/${profileId}/household`,
      `GET /v1/profiles/${profileId}/explain?other=${profileId}`,
      `GET /v1/profiles/${profileId}/merge-preview?other=${profileId}`,
      'GET /v1/match-reviews',
      'GET /v1/inbound-reviews',
      'GET /v1/entity-hints',
      `GET /v1/deliveries?profile=${profileId}`,
      `GET /v1/dialogues/${call.id}/turns`,
      'GET /v1/stream?topics=deliveries',
    ])
      expect([route, (await ask(route)).status]).toEqual([route, 403]);
    const lookup = { identifiers: { userId } };
    expect((await ask('/v1/profiles/lookup', lookup)).status).toBe(403);
    const message = { identifiers: { userId }, channel: 'email', class: 'marketing', offer: 'tea' };
    expect((await ask('/v1/messages/preview', message)).status).toBe(403);
  });

  it('says nothing of who they are before they are verified, wherever content speaks of them', async () => {
    const { profileId, userId, call, decide, ofCall, verify } = await caller();
    const [pitched] = await decide(ofCall);
    expect(pitched?.content['script']).toBe('Tea, A••• M•••?');
    const web = { identifiers: { userId }, channel: 'web', zones: [{ zone: 'web.main' }] };
    expect(await decide({ ...web, context: { verified: 'full' } })).toMatchObject([
      { content: { headline: 'Tea for m•••@e•••.org?' } },
    ]);
    const follow = { profileId, channel: 'email', offer: 'tea', callId: call.id };
    const preview = async () => (await ask('/v1/desk/follow-ups/preview', follow)).text;
    expect(await preview()).toContain('Dear A••• M•••');
    const negotiate = async () => {
      const round = { negotiationId: `n-${clock.now()}`, token: pitched?.token, terms: { discount: 5 } };
      clock.advance(1);
      return (await ask('/v1/negotiations', { ...round, agent: 'agent@example.test', callId: call.id })).text;
    };
    expect(await negotiate()).toContain('A••• M•••');
    const seen = (await decide(web))[0];
    await ask('/v1/responses', { responseId: `r-${userId}`, token: seen?.token, type: 'impression' });
    const edited = await ask(
      `PATCH /v1/profiles/${profileId}`,
      { traits: { brews: 'v60' } },
      { 'if-match': '*' },
    );
    expect(edited.body).toEqual({ id: profileId, version: expect.any(Number) });
    const pop = await ask(`GET /v1/desk/calls/${call.id}`);
    expect(pop.text + edited.text).not.toMatch(SECRETS);
    expect(pop.text).toContain('v60');
    await verify();
    expect((await decide(ofCall))[0]?.content['script']).toBe('Tea, Ann Meadows?');
    expect(await preview()).toContain('Dear Ann Meadows');
    expect(await negotiate()).toContain('Ann Meadows');
  });

  it('says what stands in the way of an offer, and their own values once they are verified', async () => {
    const { profileId, call, verify } = await caller();
    const whyNot = async () =>
      (await ask(`GET /v1/profiles/${profileId}/why-not?offer=cup&callId=${call.id}`)).text;
    expect(await whyNot()).toContain('profile.traits.plan');
    expect(await whyNot()).not.toContain('gold');
    await verify();
    expect(await whyNot()).toContain('gold');
  });

  it('counts on the board how offers in calls were taken, by offer and by agent', async () => {
    const since = clock.now();
    clock.advance(60_000);
    const answers: string[][] = [['accept'], ['later', 'accept'], ['reject'], ['not_presented']];
    for (const types of answers) {
      const { decide, ofCall, call } = await caller();
      const [shown] = await decide(ofCall);
      for (const type of types)
        await core.call('/v1/responses', {
          body: { responseId: `${call.id}-${type}`, token: shown?.token, type },
          headers: { prefer: 'visible, wait=10' },
        });
    }
    const hours = (clock.now() - since) / 3_600_000 + 0.25;
    const board = await core.call<{ offers: object[]; agents: { agent: string }[] }>(
      `GET /v1/desk/board?hours=${hours}`,
    );
    const taken = { answeredOffers: 3, acceptedOffers: 2, acceptance: 2 / 3 };
    expect(board.body.offers).toEqual([{ offer: 'tea', ...taken }]);
    expect(board.body.agents.find(({ agent: one }) => one === 'agent@example.test')).toMatchObject(taken);
    const csv = await core.call(`GET /v1/desk/board/export?by=offers&hours=${hours}`);
    expect(csv.text.split('\r\n')[1]).toMatch(/^tea,3,2,0\.66/);
    expect((await core.call('GET /v1/desk/board/export')).text).toContain('acceptance');
  });

  it('lets nobody who is signed in speak for another agent, and a key for anybody', async () => {
    const task = async () =>
      (await core.call<{ id: string }>('/v1/tasks', { body: { kind: 'other', subject: 'x' } })).body.id;
    const [mine, theirs] = [await task(), await task()];
    const other = { agent: 'bob@example.test' };
    const own = { agent: 'agent@example.test' };
    const presence = { state: 'available' };
    for (const [route, body] of [
      [`/v1/tasks/${mine}/claim`, {}],
      ['PUT /v1/agents/me/presence', presence],
      [`PUT /v1/desk/tasks/${mine}/viewing`, {}],
    ] as const) {
      const refused = await ask<{ code: string }>(route, { ...body, ...other });
      expect([route, refused.status, refused.body.code]).toEqual([route, 403, 'ACCESS.FORBIDDEN']);
      expect([route, (await ask(route, { ...body, ...own })).status]).toEqual([route, 200]);
      expect([
        route,
        (await core.call(route.replace(mine, theirs), { body: { ...body, ...other } })).status,
      ]).toEqual([route, 200]);
    }
    const who = async (id: string) =>
      (await core.call<{ claim: { agent: string } }>(`GET /v1/tasks/${id}`)).body.claim.agent;
    expect(await who(mine)).toBe('agent@example.test');
    expect(await who(theirs)).toBe('bob@example.test');
  });
});
