import { OVERLAP, TopicTail } from './topic-tail.js';
import { BACKLOG_BYTES, EventStream } from './event-stream.js';
import { Streams } from './streams.js';
import { firstIdAt } from '../domain/index.js';

const caller = { kind: 'server', keyId: 'k', source: 's', scopes: ['*'] } as const;

async function textOf(stream: EventStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

describe('a reader', () => {
  it('who is too slow is told to come again', async () => {
    const stream = new EventStream();
    const big = { event: 'x', data: 'x'.repeat(BACKLOG_BYTES / 2) };
    expect([stream.send(big), stream.send(big), stream.send(big)]).toEqual([true, false, false]);
    expect((await textOf(stream)).endsWith('event: bye\ndata: {"reason":"too slow"}\nretry: 1000\n\n')).toBe(
      true,
    );
  });

  it('makes room when it goes', async () => {
    const streams = new Streams();
    const first = streams.begin(caller);
    expect(streams.size).toBe(1);
    if (first.ok) first.value.destroy();
    await new Promise((resolve) => setImmediate(resolve));
    expect(streams.size).toBe(0);
  });

  it('is one of at most a hundred of a key, however many there are of others', () => {
    const streams = new Streams();
    const of = (keyId: string) => streams.begin({ ...caller, keyId }).ok;
    expect(Array.from({ length: 101 }, () => of('a')).filter(Boolean)).toHaveLength(100);
    expect(of('b')).toBe(true);
    expect(streams.begin({ ...caller, keyId: 'a' })).toMatchObject({
      failure: { code: 'STREAM.TOO_MANY', retryAfter: 5 },
    });
  });

  it('is refused while the process stops, and everyone is told', async () => {
    const streams = new Streams();
    const open = streams.begin(caller);
    streams.beforeApplicationShutdown();
    expect(open.ok && (await textOf(open.value))).toContain('event: bye\ndata: {"reason":"stopping"}');
    expect(streams.begin(caller)).toMatchObject({ failure: { status: 503 } });
  });
});

describe('a topic', () => {
  it('is read only while somebody follows, and shows late commits once', async () => {
    const stored: { id: string }[] = [];
    let reads = 0;
    const tail = new TopicTail((from: string) => {
      reads += 1;
      return Promise.resolve(stored.filter(({ id }) => id >= from).sort((a, b) => (a.id < b.id ? -1 : 1)));
    }, 60_000);
    tail.ring();
    expect(reads).toBe(0);
    const seen: string[] = [];
    let told: () => void = () => undefined;
    const heard = () => new Promise<void>((resolve) => (told = resolve));
    const stop = tail.follow((items) => {
      seen.push(...items.map(({ id }) => id));
      told();
    });
    const later = firstIdAt(Date.now() + OVERLAP);
    const earlier = firstIdAt(Date.now() + OVERLAP / 2);
    for (const id of [later, earlier]) {
      stored.push({ id });
      const hearing = heard();
      tail.ring();
      await hearing;
    }
    expect(seen).toEqual([later, earlier]);
    stop();
    const before = reads;
    tail.ring();
    expect(reads).toBe(before);
  });
});
