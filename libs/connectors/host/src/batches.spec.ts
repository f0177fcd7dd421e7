import { accepted, rejected } from '@repartee/connector-sdk';
import type { Action, Outcome } from '@repartee/contracts';
import { action, startHost, testConnector } from './testing/host-fixture.js';

const running: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((app) => app.close())));

/** A host whose connector answers batches with what a test says, and the batches it got. */
async function hostWith(answer: (addresses: string[]) => unknown) {
  const calls: string[][] = [];
  const called = async (actions: Action[]) => {
    const addresses = actions.map(({ to }) => to.address);
    calls.push(addresses);
    return answer(addresses) as Outcome[];
  };
  const { host, app } = await startHost({
    definitions: [
      testConnector({
        deliver: async (one) => (await called([one]))[0] ?? accepted(),
        deliverBatch: called,
      }),
    ],
  });
  running.push(app);
  const send = (...addresses: string[]) =>
    Promise.all(
      addresses.map((address) =>
        host.deliver('sms-test', { ...action, to: { address } }, { attemptId: address }),
      ),
    );
  return { send, calls };
}

describe('batches', () => {
  it('go in one call, and each message gets its own outcome', async () => {
    const { send, calls } = await hostWith((addresses) =>
      addresses.map((address) =>
        address === 'poison' ? rejected('X', { retryable: false }) : accepted(`id-${address}`),
      ),
    );
    expect(await send('a', 'poison', 'b')).toEqual([
      { status: 'accepted', providerId: 'id-a' },
      { status: 'rejected', code: 'X', retryable: false },
      { status: 'accepted', providerId: 'id-b' },
    ]);
    expect(calls).toEqual([['a', 'poison', 'b']]);
  });

  it('of one are sent alone', async () => {
    const { send, calls } = await hostWith((addresses) => addresses.map(() => accepted()));
    expect(await send('a')).toEqual([{ status: 'accepted' }]);
    expect(calls).toEqual([['a']]);
  });

  it.each<[string, (addresses: string[]) => unknown, string[]]>([
    [
      'one message has no outcome: the others keep theirs',
      () => [accepted(), 'what?', accepted()],
      ['accepted', 'unknown', 'accepted'],
    ],
    ['there are fewer outcomes than messages', () => [accepted()], ['unknown', 'unknown', 'unknown']],
    [
      'the call fails for the sake of one',
      () => {
        throw new Error('poison');
      },
      ['unknown', 'unknown', 'unknown'],
    ],
  ])('are never sent again where %s', async (_title, answer, statuses) => {
    const { send, calls } = await hostWith(answer);
    expect((await send('a', 'poison', 'b')).map(({ status }) => status)).toEqual(statuses);
    expect(calls).toHaveLength(1);
  });
});
