import { orderly } from './live-line.js';
import { type FromPage, type PagePort, shareStreams, type ToPage } from './shared-stream.js';
import { SseParser } from './sse-parser.js';

const encoder = new TextEncoder();

/** A hub that answers with streams which the test writes to. */
function hub() {
  const asked: Headers[] = [];
  const lines: ReadableStreamDefaultController<Uint8Array>[] = [];
  const answer = (_url: unknown, init?: RequestInit): Promise<Response> => {
    asked.push(new Headers(init?.headers));
    const body = new ReadableStream<Uint8Array>({ start: (line) => void lines.push(line) });
    return Promise.resolve(new Response(body, { status: 200 }));
  };
  const send = (text: string): void => lines.at(-1)?.enqueue(encoder.encode(text));
  return { asked, lines, send, fetch: answer as typeof fetch };
}

function page() {
  const got: ToPage[] = [];
  const port: PagePort = { postMessage: (message) => void got.push(message), onmessage: null };
  const say = (data: FromPage): void => port.onmessage?.({ data } as MessageEvent<FromPage>);
  const events = () => got.flatMap((one) => ('event' in one ? [one.event.data['n'] ?? one.event.type] : []));
  return { got, port, say, events };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('reading server-sent events', () => {
  it('takes them in whatever pieces they come', () => {
    const parser = new SseParser();
    const text =
      'retry: 5\r\nevent: hello\r\ndata: {}\r\n\r\n: beat\n\nid: 7\ndata: a\ndata: b\n\ndata:c\n\nid: 8\n\n';
    const whole = parser.feed(text);
    expect(whole).toEqual([
      { type: 'hello', id: '', data: '{}', retry: 5 },
      { type: 'message', id: '7', data: 'a\nb' },
      { type: 'message', id: '7', data: 'c' },
    ]);
    const slow = new SseParser();
    expect([...text.replaceAll('\r', '')].flatMap((letter) => slow.feed(letter))).toEqual(whole);
  });
});

describe('one stream for all pages', () => {
  it('is asked for once, and tells every page in the same order', async () => {
    const { asked, send, fetch } = hub();
    const welcome = shareStreams(fetch);
    const [ann, bob] = [page(), page()];
    for (const one of [ann, bob]) {
      welcome(one.port);
      one.say({ join: '/v1/stream' });
    }
    await until(() => asked.length === 1);
    send('event: hello\ndata: {}\n\nid: a1\nevent: calls\ndata: {"n":1}\n\n');
    await until(() => bob.events().length === 2);
    expect(ann.events()).toEqual(['hello', 1]);
    expect(bob.events()).toEqual(['hello', 1]);
    expect(asked).toHaveLength(1);
    for (const one of [ann, bob]) one.say({ leave: true });
  });

  it('goes on behind the last event, and repeats what a page missed', async () => {
    const { asked, lines, send, fetch } = hub();
    const welcome = shareStreams(fetch);
    const ann = page();
    welcome(ann.port);
    ann.say({ join: '/v1/stream' });
    await until(() => lines.length === 1);
    send(
      'event: hello\ndata: {}\n\nid: a1\nevent: calls\ndata: {"n":1}\n\nevent: bye\nretry: 1\ndata: {}\n\n',
    );
    await until(() => ann.events().length === 3);
    lines[0]?.close();
    await until(() => asked.length === 2);
    expect(asked[1]?.get('last-event-id')).toBe('a1');
    send('event: hello\ndata: {}\n\nid: a2\nevent: calls\ndata: {"n":2}\n\n');
    await until(() => ann.events().length === 5);
    ann.got.length = 0;
    ann.say({ replayAfter: 3 });
    expect(ann.events()).toEqual(['hello', 2]);
    ann.say({ leave: true });
  });

  it('says when it is refused, and asks again for whoever comes later', async () => {
    let calls = 0;
    const refuse = () => {
      calls += 1;
      return Promise.resolve(new Response('', { status: 401 }));
    };
    const welcome = shareStreams(refuse as unknown as typeof fetch);
    const ann = page();
    welcome(ann.port);
    ann.say({ join: '/v1/stream' });
    await until(() => ann.got.some((one) => 'state' in one && one.state === 'refused'));
    const bob = page();
    welcome(bob.port);
    bob.say({ join: '/v1/stream' });
    await until(() => calls === 2);
    expect(bob.got[0]).toEqual({ state: 'refused', seq: 0 });
  });
});

describe('a page that missed something', () => {
  const event = (n: number) => ({ seq: n, event: { type: 'calls', data: { n } } });

  it('asks for it, and takes each event once and in order', () => {
    const asked: number[] = [];
    const heard: unknown[] = [];
    const take = orderly((after) => asked.push(after), {
      onEvent: ({ data }) => heard.push(data['n']),
      onState: () => undefined,
      onGap: () => heard.push('gap'),
    });
    take({ state: 'live', seq: 4 });
    for (const n of [5, 5, 8]) take(event(n));
    expect(asked).toEqual([5]);
    for (const n of [6, 7, 8, 9]) take(event(n));
    take({ gap: 40 });
    take(event(41));
    expect(heard).toEqual([5, 6, 7, 8, 9, 'gap', 41]);
  });
});
