import type { DecisionResponse } from '@repartee/contracts';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { type CoreUnderTest, startCore } from './testing/start-core.js';

interface Turn {
  id: string;
  at: string;
  speaker: string;
  channel: string;
  said: { text: string };
  code?: string;
}

describe('turns of a conversation', () => {
  let core: CoreUnderTest;
  const clock = new ManualClock(Date.parse('2027-03-01T15:00:00Z'));

  beforeAll(async () => {
    core = await startCore({ clock });
  });
  afterAll(() => core.stop());

  const say = (id: string, turn: object) =>
    core.call<Turn>(`/v1/dialogues/${id}/turns`, {
      body: { speaker: 'person', channel: 'counter', said: { text: 'Is it warm?' }, ...turn },
    });
  const turns = async (id: string) =>
    (await core.call<{ turns: Turn[]; lastTurnAt: string }>(`GET /v1/dialogues/${id}/turns`)).body;
  const begin = async (): Promise<string> => {
    const id = newId();
    await core.database.query(
      'INSERT INTO dialogue (id, profile_id, anonymous_id, opened_at, last_turn_at) VALUES ($1, NULL, $2, $3, $3)',
      [id, newId(), new Date(clock.now() - 60_000)],
    );
    return id;
  };

  it('are noted in their order of time, each once', async () => {
    const id = await begin();
    const now = new Date(clock.now()).toISOString();
    const early = new Date(clock.now() - 30_000).toISOString();
    const first = await say(id, {});
    expect(first).toMatchObject({ status: 201, body: { at: now, said: { text: 'Is it warm?' } } });
    await say(id, { at: early, speaker: 'us', said: { text: 'Hello' } });
    const again = await say(id, { id: first.body.id, said: { text: 'Something else' } });
    expect(again.body).toEqual(first.body);
    const dialogue = await turns(id);
    expect(dialogue.turns.map(({ said }) => said.text)).toEqual(['Hello', 'Is it warm?']);
    expect(dialogue.lastTurnAt).toBe(now);
  });

  it('belong to a conversation that is going on', async () => {
    expect((await say(newId(), {})).body.code).toBe('DIALOGUE.NOT_FOUND');
    const { body } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { anonymousId: newId() }, channel: 'web', zones: [{ zone: 'none' }] },
    });
    // What was only decided was not said.
    expect((await say(body.dialogueId ?? newId(), {})).status).toBe(404);
  });

  it.each([
    ['nothing', { said: {} }],
    ['too much', { said: { text: 'x'.repeat(40_000) } }],
    ['by nobody', { speaker: 'machine' }],
    ['tomorrow', { at: '2027-03-02T15:00:00Z' }],
    ['with an unknown field', { mood: 'good' }],
  ])('say no %s', async (_, turn) => {
    const { status } = await say(await begin(), turn);
    expect([400, 422]).toContain(status);
  });
});
