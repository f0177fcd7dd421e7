import { signedIn } from './testing/signed-in.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

interface Preview {
  results: { profileId: string; name: string | null; masked: boolean }[];
  moves: { identifiers: { namespace: string; value: string }[]; traits: Record<string, unknown> };
}
interface Held {
  state: string;
  result: string | null;
  by: string;
  preview: Preview | null;
}

describe('merges and splits that agents propose', () => {
  let core: CoreUnderTest;
  let agent: Record<string, string>;
  let supervisor: Record<string, string>;
  let people = 0;

  beforeAll(async () => {
    core = await startCore();
    agent = await signedIn(core, ['agent']);
    supervisor = await signedIn(core, ['supervisor']);
  });
  afterAll(() => core.stop());

  const as = <T>(headers: Record<string, string>, route: string, body?: object) =>
    core.call<T>(route, { key: null, headers, ...(body && { body }) });
  const person = async (traits: object = {}) => {
    people += 1;
    const userId = `twin-${people}`;
    const email = `${userId}@example.org`;
    const { profileId } = await visibly(core.call, '/v1/identify', { userId, traits: { email, ...traits } });
    return { userId, email, profileId };
  };
  const propose = (body: object) => as<{ taskId: string }>(agent, '/v1/desk/proposals', body);
  const decide = (taskId: string, verdict: string, who = supervisor) =>
    as<{ code: string; result: string; profileId: string; otherId: string }>(
      who,
      `/v1/desk/proposals/${taskId}/decision`,
      { verdict, reason: 'Looked into it' },
    );
  const held = async (taskId: string) =>
    (await as<Held>(supervisor, `GET /v1/desk/proposals/${taskId}`)).body;
  const profile = async (id: string) =>
    (await core.call<{ id: string; identifiers: { value: string }[] }>(`GET /v1/profiles/${id}`)).body;
  const audited = async (subject: string) =>
    (
      await core.call<{ items: { action: string; detail: Record<string, unknown> }[] }>(
        `GET /v1/audit?subject=${subject}`,
        { key: 'admin' },
      )
    ).body.items;

  it('are previewed masked, become a review, and are performed by a supervisor', async () => {
    const [ann, twin] = [await person({ name: 'Ann Meadows' }), await person({ nickname: 'Annie' })];
    const change = { kind: 'merge', profileId: ann.profileId, other: `email:${twin.email}` };
    const seen = await as<Preview>(agent, '/v1/desk/proposals/preview', change);
    expect(seen.body.results).toMatchObject([{ profileId: ann.profileId, name: 'A••• M•••', masked: true }]);
    expect(seen.body.moves.identifiers.map(({ namespace }) => namespace).sort()).toEqual([
      'email',
      'user_id',
    ]);
    expect(seen.body.moves.traits).toHaveProperty('nickname');
    expect(seen.text).not.toMatch(/Meadows|twin-\d/);
    expect((await profile(twin.profileId)).id).toBe(twin.profileId);
    const { status, body } = await propose({ ...change, reason: 'Same voice' });
    expect(status).toBe(201);
    const task = await core.call<{ kind: string; data: object }>(`GET /v1/tasks/${body.taskId}`);
    expect(task.body).toMatchObject({
      kind: 'review',
      data: { review: 'merge', reason: 'Same voice', by: 'agent@example.test' },
    });
    expect(await held(body.taskId)).toMatchObject({
      state: 'open',
      by: 'agent@example.test',
      preview: { results: [{ name: 'Ann Meadows', masked: false }] },
    });
    expect((await decide(body.taskId, 'perform', agent)).body.code).toBe('ACCESS.FORBIDDEN');
    const done = await decide(body.taskId, 'perform');
    expect(done.body).toMatchObject({
      result: 'performed',
      profileId: ann.profileId,
      otherId: twin.profileId,
    });
    expect((await profile(twin.profileId)).id).toBe(ann.profileId);
    expect(await held(body.taskId)).toMatchObject({ state: 'done', result: 'performed', preview: null });
    expect((await decide(body.taskId, 'refuse')).body.code).toBe('TASK.CLOSED');
    const actions = await audited(ann.profileId);
    expect(actions.find(({ action }) => action === 'merge')?.detail).toMatchObject({
      reason: 'Looked into it',
    });
    expect(actions.find(({ detail }) => detail?.['proposed'] === 'merge')?.detail).toMatchObject({
      reason: 'Same voice',
    });
  });

  it('are refused with a reason, and change nothing', async () => {
    const [ann, bob] = [await person(), await person()];
    const { body } = await propose({
      kind: 'merge',
      profileId: ann.profileId,
      other: bob.profileId,
      reason: 'Perhaps',
    });
    expect((await decide(body.taskId, 'refuse')).body.result).toBe('refused');
    expect((await profile(bob.profileId)).id).toBe(bob.profileId);
    expect((await audited(ann.profileId)).map(({ detail }) => detail)).toContainEqual(
      expect.objectContaining({ refused: 'merge', reason: 'Looked into it' }),
    );
    expect((await decide(body.taskId, 'perform')).body.code).toBe('TASK.CLOSED');
  });

  it('part a person, and say to no agent what leaves', async () => {
    const ann = await person({ name: 'Ann' });
    const [first, second] = [ann.email, 'her-brother@example.org'];
    await visibly(core.call, '/v1/identify', { userId: ann.userId, traits: { email: second } });
    const change = { kind: 'split', profileId: ann.profileId, identifiers: [`email:${second}`] };
    const seen = await as<Preview>(agent, '/v1/desk/proposals/preview', change);
    expect(seen.body.results).toHaveLength(2);
    expect(seen.body.results[0]).toMatchObject({ profileId: ann.profileId });
    expect(seen.body.moves.identifiers).toEqual([{ namespace: 'email', value: 'h•••@e•••.org' }]);
    const { body } = await propose({ ...change, reason: 'Her brother wrote' });
    const task = await core.call(`GET /v1/tasks/${body.taskId}`);
    expect(task.text).not.toContain(second);
    expect((await held(body.taskId)).preview?.moves.identifiers).toEqual([
      { namespace: 'email', value: second },
    ]);
    const done = await decide(body.taskId, 'perform');
    expect(done.body.result).toBe('performed');
    const values = async (id: string) => (await profile(id)).identifiers.map(({ value }) => value);
    expect(await values(done.body.profileId)).toContain(first);
    expect(await values(done.body.otherId)).toEqual([second]);
  });

  it('are not made of what cannot be, and not completed like other work', async () => {
    const ann = await person();
    const itself = { kind: 'merge', profileId: ann.profileId, other: ann.profileId, reason: 'x' };
    expect((await propose(itself)).status).toBe(422);
    const nobody = { ...itself, other: 'email:nobody@example.org' };
    expect((await propose(nobody)).status).toBe(404);
    const all = { kind: 'split', profileId: ann.profileId, reason: 'x' };
    const nothingLeft = [`user_id:${ann.userId}`, `email:${ann.email}`];
    expect((await propose({ ...all, identifiers: nothingLeft })).status).toBe(422);
    const bob = await person();
    const { body } = await propose({ ...itself, other: bob.profileId });
    await as(agent, `/v1/tasks/${body.taskId}/claim`, {});
    const completed = await as<{ code: string }>(agent, `/v1/tasks/${body.taskId}/complete`, {});
    expect(completed.body.code).toBe('TASK.TO_BE_DECIDED');
    const forged = { kind: 'review', subject: 'x', origin: 'proposal:mine', data: { review: 'merge' } };
    expect((await core.call('/v1/tasks', { body: forged })).status).toBe(400);
    const plain = await core.call<{ id: string }>('/v1/tasks', { body: { kind: 'review', subject: 'x' } });
    expect((await decide(plain.body.id, 'perform')).body.code).toBe('TASK.NO_PROPOSAL');
  });

  it('can be weighed by why the caller is one person, once they are verified', async () => {
    const number = '+442079468001';
    const ann = await person({ phone: number });
    await visibly(core.call, '/v1/identify', { anonymousId: 'her-phone', userId: ann.userId, traits: {} });
    const { body: call } = await as<{ id: string }>(agent, '/v1/calls', { number, event: 'answered' });
    const ask = () =>
      as<{ code: string; items: Record<string, unknown>[] }>(agent, `GET /v1/desk/calls/${call.id}/identity`);
    expect((await ask()).body.code).toBe('CALL.UNVERIFIED');
    await as(agent, `/v1/calls/${call.id}/identity`, {
      profileId: ann.profileId,
      verified: 'full',
      method: 'document',
    });
    const { items } = (await ask()).body;
    const byMail = items.find(({ a, b }) => [a, b].includes(`email:${ann.email}`));
    expect(byMail).toMatchObject({
      rule: 'event',
      words: 'A proved event named both the user_id and the email.',
      source: expect.any(String),
      at: expect.any(String),
      followed: true,
    });
    expect(items.some(({ a, b }) => [a, b].includes('anonymous_id:her-phone'))).toBe(true);
  });
});
