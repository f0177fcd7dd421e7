import type { ApiClient } from '@repartee/ui';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { type CallChange, hearCall } from './hear-call.js';

jest.mock('@repartee/ui', () => ({
  answerOf: (request: Promise<{ data: unknown }>) => request.then(({ data }) => data),
}));

const AGENT = 'ann@example.org';
const HERS: CallChange = {
  callId: 'c1',
  status: 'answered',
  queue: null,
  agent: AGENT,
  profileId: 'p1',
  verified: 'none',
};
const ELSEWHERE: CallChange = { ...HERS, callId: 'c2', agent: 'bob@example.org', queue: 'help' };

/** A desk that lists calls, and what it asks for. */
async function desk({ shown = true, queues = '', items = [] as object[] } = {}) {
  const asked: string[] = [];
  const answer = (data: unknown) => (path: string) => {
    asked.push(path);
    return Promise.resolve({ data, response: new Response() });
  };
  const api = { GET: answer({ items }), POST: answer({ zones: [] }) } as unknown as ApiClient;
  const client = new QueryClient();
  const queryFn = () => {
    asked.push('list');
    return Promise.resolve({ items });
  };
  const list = { queryKey: ['calls', AGENT, queues], queryFn };
  await client.fetchQuery(list);
  const close = shown
    ? new QueryObserver(client, { ...list, staleTime: Infinity }).subscribe(() => undefined)
    : () => undefined;
  asked.length = 0;
  const hear = async (change: CallChange): Promise<string[]> => {
    hearCall({ client, api, agent: AGENT }, change);
    // Everything is asked for at once: nothing waits for an answer.
    const at = [...asked];
    await new Promise((resolve) => setTimeout(resolve));
    return at;
  };
  const end = (): void => {
    close();
    client.clear();
  };
  return { asked, hear, end };
}

const POP = ['list', '/v1/decisions', '/v1/desk/calls/{id}', '/v1/calls/{id}'];

describe('a desk that hears of a call', () => {
  it('asks for all of its screen pop at once, and once', async () => {
    const { asked, hear, end } = await desk();
    expect((await hear(HERS)).sort()).toEqual([...POP].sort());
    asked.length = 0;
    await hear(HERS);
    expect(asked.filter((path) => path === '/v1/decisions')).toEqual([]);
    // Whoever is verified may be offered more.
    expect(await hear({ ...HERS, verified: 'full' })).toContain('/v1/decisions');
    end();
  });

  it("asks for nothing where the call is another's", async () => {
    const { hear, end } = await desk();
    expect(await hear(ELSEWHERE)).toEqual([]);
    end();
  });

  it("lists anew what rings in its queues, and what it lists and is another's now", async () => {
    const ringing = await desk({ queues: 'sales,help' });
    expect(await ringing.hear({ ...ELSEWHERE, status: 'ringing', agent: null })).toEqual(['list']);
    ringing.end();
    const listed = await desk({ items: [{ id: 'c2' }] });
    expect(await listed.hear(ELSEWHERE)).toEqual(['list']);
    listed.end();
  });

  it('decides nothing for a page that shows no calls, or for a call that is over', async () => {
    const board = await desk({ shown: false });
    expect(await board.hear(HERS)).toEqual([]);
    board.end();
    const over = await desk();
    expect(await over.hear({ ...HERS, status: 'ended' })).toEqual(['list']);
    over.end();
  });
});
