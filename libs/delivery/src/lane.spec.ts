import type { ChannelConnector, ConnectorGateway, Turns } from './connector-gateway.js';
import type { Pause } from './domain/gate.js';
import { Lane } from './lane.js';
import type { LaneParts } from './lane-parts.js';
import { Lookout } from './lookout.js';
import type { Due } from './persistence/due-queue.js';

const connectorNamed = (name: string, channel = name): ChannelConnector => ({
  name,
  channel,
  addressNamespace: name,
  canReconcile: false,
  concurrency: 4,
  timeLimit: 1000,
});

/** Turns of a connector that takes four calls at a time. */
class FourTurns implements Turns {
  free = 4;
  private readonly listeners: (() => void)[] = [];
  readonly wait = 5;
  refusing = false;

  take(most: number): number {
    const taken = this.refusing ? 0 : Math.min(most, this.free);
    this.free -= taken;
    return taken;
  }
  giveBack(count: number): void {
    this.free += count;
  }
  passOn(count: number): void {
    this.free += count;
  }
  onFree(listener: () => void): void {
    this.listeners.push(listener);
  }
  end(): void {
    this.free += 1;
    for (const listener of this.listeners) listener();
  }
}

/** Lanes over a queue in memory; what a connector does with a message is told by `carry`. */
function world(
  carry: (connector: string, id: string) => Promise<void>,
  connectors = ['good', 'hung'],
  channel?: string,
  gateTakes = 0,
) {
  const waiting = new Map<string, Due[]>(
    connectors.flatMap((name) => [name, `${channel ?? name}/${name}`].map((queue) => [queue, []])),
  );
  const turns = new Map(connectors.map((name) => [name, new FourTurns()]));
  const pauses: Pause[] = [];
  const left: string[] = [];
  const groups: number[] = [];
  const known = connectors.map((name) => connectorNamed(name, channel));
  const gateway = {
    connectors: () => known,
    connectorsFor: (channel: string) => known.filter((one) => one.channel === channel),
    turns: (name: string) => turns.get(name),
  } as unknown as ConnectorGateway;
  const parts = {
    gateway,
    attempts: { open: async () => 0 },
    pauses: { list: async () => [...pauses] },
    queue: {
      waiting: async (queues: string[]) => queues.filter((queue) => waiting.get(queue)?.length),
      pick: async (queues: string[], limit: number) =>
        queues.flatMap((queue) => {
          const line = waiting.get(queue) ?? [];
          const origins = [...new Set(line.map(({ origin }) => origin))];
          return origins.flatMap((one) => line.filter(({ origin }) => origin === one).slice(0, limit));
        }),
    },
    gate: {
      pass: async (due: Due[], { name }: ChannelConnector) => {
        if (gateTakes > 0) await new Promise((resolve) => setTimeout(resolve, gateTakes));
        groups.push(due.length);
        for (const { id } of due) left.push(`${name} ${id}`);
        for (const [queue, line] of waiting)
          waiting.set(
            queue,
            line.filter((one) => !due.includes(one)),
          );
        return due.map(({ id }) => ({ delivery: { id, traceparent: null }, action: { attemptId: id } }));
      },
    },
    wayOut: {
      send: async (name: string, { attemptId }: { attemptId: string }) => {
        await carry(name, attemptId).finally(() => turns.get(name)?.end());
        return { status: 'accepted' };
      },
    },
    settlements: { settle: async () => undefined },
  } as unknown as LaneParts;
  const lanes = known.map((connector) => new Lane(connector, parts, () => undefined));
  const plan = (name: string, count: number, more: Partial<Due> = {}) =>
    waiting.get(name)?.push(
      ...Array.from({ length: count }, (_, index): Due => ({
        id: `${more.origin ?? 'message'}-${index}`,
        profileId: 'p',
        class: 'marketing',
        origin: 'message',
        ...more,
      })),
    );
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const lookout = new Lookout(lanes, parts.queue, () => undefined);
  return {
    lanes,
    lookout,
    plan,
    left,
    groups,
    pauses,
    turns,
    until,
    stop: () => Promise.all([lookout.stop(), ...lanes.map((lane) => lane.stop())]),
  };
}

describe('lanes', () => {
  it('of other connectors go on while one hangs, which never has more under way than it takes', async () => {
    const { lanes, plan, left, until, stop } = world((name) =>
      name === 'hung' ? new Promise(() => undefined) : Promise.resolve(),
    );
    plan('hung', 100);
    plan('good', 300);
    for (const lane of lanes) lane.start();
    await until(() => left.filter((one) => one.startsWith('good')).length === 300);
    expect(left.filter((one) => one.startsWith('hung')).length).toBe(4);
    await stop();
  });

  it('let nothing more pass from the next look at pauses on', async () => {
    const held: (() => void)[] = [];
    const { lanes, plan, left, pauses, until, stop } = world(() => new Promise((end) => held.push(end)));
    plan('good', 100);
    lanes[0]?.start();
    await until(() => left.length === 4);
    pauses.push({ scope: 'channel', key: 'good' });
    for (const end of held.splice(0)) end();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(left).toHaveLength(4);
    pauses.length = 0;
    lanes[0]?.ring();
    await until(() => left.length === 8);
    await stop();
  });

  it('let transactional messages go first, then origins in turn', async () => {
    const { lanes, plan, left, until, stop } = world(() => Promise.resolve());
    plan('good', 8, { origin: 'big' });
    plan('good', 2, { origin: 'small' });
    plan('good', 2, { origin: 'order', class: 'transactional' });
    lanes[0]?.start();
    await until(() => left.length === 12);
    expect(left.slice(0, 4)).toEqual(['good order-0', 'good order-1', 'good big-0', 'good small-0']);
    await stop();
  });

  it('let turns that come free one by one gather for as long as the gate takes', async () => {
    let ended = 0;
    const oneByOne = () => new Promise<void>((resolve) => setTimeout(resolve, 5 * (1 + (ended++ % 4))));
    const { lanes, plan, left, groups, until, stop } = world(oneByOne, ['good'], undefined, 60);
    plan('good', 16);
    lanes[0]?.start();
    await until(() => left.length === 16);
    expect(groups[0]).toBe(4);
    expect(Math.min(...groups.slice(1, -1))).toBeGreaterThanOrEqual(2);
    await stop();
  });

  it('take what waits for a connector of their channel that is left alone', async () => {
    const { lanes, plan, left, turns, until, stop } = world(
      () => Promise.resolve(),
      ['first', 'second'],
      'first',
    );
    const refusing = turns.get('first');
    if (refusing) refusing.refusing = true;
    plan('first', 3);
    lanes[1]?.start();
    await until(() => left.length >= 3);
    expect(left.slice(0, 3).every((one) => one.startsWith('second'))).toBe(true);
    await stop();
  });

  it("are rung for what others planned, in their own queue or in their channel's", async () => {
    const { lanes, lookout, plan, left, until, stop } = world(
      () => Promise.resolve(),
      ['one', 'other'],
      'one',
    );
    for (const lane of lanes) lane.start();
    await new Promise((resolve) => setTimeout(resolve, 30));
    lookout.start();
    plan('one', 2, { origin: 'of the channel' });
    await until(() => left.length === 2);
    plan('one/other', 1, { origin: 'its own' });
    await until(() => left.length === 3);
    expect(left).toEqual(['one of the channel-0', 'one of the channel-1', 'other its own-0']);
    await stop();
  });
});
