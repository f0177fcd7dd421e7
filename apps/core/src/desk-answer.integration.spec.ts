import { startCore } from './testing/start-core.js';
import type { CoreUnderTest } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

const WORDS = 'Both {{ sizes }} are < 10 cm.';

describe('an answer to what a person wrote', () => {
  let core: CoreUnderTest;
  beforeAll(async () => {
    core = await startCore();
  });
  afterAll(() => core.stop());

  const task = async (channel: string): Promise<string> => {
    const traits = { phone: '+442079460301', email: 'ann@example.org' };
    const { profileId } = await visibly(core.call, '/v1/identify', { userId: 'ann', traits });
    const body = { kind: 'message', subject: 'How large?', profileId, data: { channel } };
    return (await core.call<{ id: string }>('/v1/tasks', { body })).body.id;
  };

  it.each([
    ['sms', { text: WORDS }, 1],
    ['email', { text: WORDS, html: expect.stringContaining('Both {{ sizes }} are &lt; 10 cm.') }, 1],
  ])('by %s is shown before it goes, with what it takes', async (channel, content, parts) => {
    const id = await task(channel);
    const shown = await core.call(`/v1/desk/tasks/${id}/answer/preview`, { body: { text: WORDS } });
    expect([shown.status, shown.body]).toMatchObject([200, { content, estimate: { parts } }]);
  });

  it('that is longer than a text says how many it takes', async () => {
    const id = await task('sms');
    const text = 'x'.repeat(161);
    const shown = await core.call(`/v1/desk/tasks/${id}/answer/preview`, { body: { text } });
    expect(shown.body).toMatchObject({ estimate: { parts: 2 } });
  });

  it('completes its task where it is told to, and then no second one goes', async () => {
    const id = await task('sms');
    const answer = (complete: boolean) =>
      core.call<{ code?: string }>(`/v1/desk/tasks/${id}/answer`, { body: { text: WORDS, complete } });
    const state = async () => (await core.call<{ state: string }>(`GET /v1/tasks/${id}`)).body.state;
    expect((await answer(false)).status).toBe(202);
    expect(await state()).toBe('open');
    expect((await answer(true)).status).toBe(202);
    expect(await state()).toBe('done');
    expect((await answer(true)).body.code).toBe('TASK.CLOSED');
  });
});
