import { createRepartee } from './create-repartee.js';
import { clockText } from './countdown.js';
import type { DecidedZone, Repartee, ReparteeOptions } from './repartee.js';
import { shareStreams, type PageMessage, type PagePort } from './shared-stream.js';
import { memoryStorage } from './surroundings.js';
import { FakeHub } from './testing/fake-hub.js';
import { FakeEventSource, FakeSurroundings } from './testing/fake-surroundings.js';
import { anOffer } from './testing/offer.js';

let hub: FakeHub;
const clients: Repartee[] = [];
const storage = memoryStorage();

beforeEach(async () => {
  hub = await FakeHub.start();
});
afterEach(async () => {
  clients.splice(0).forEach((client) => client.stop());
  await hub.stop();
});

/** One browser: locks that are held by one page at a time, and channels between pages. */
class Browser {
  readonly pages: FakeSurroundings[] = [];
  private readonly waiting: (() => void)[] = [];
  private readonly channels = new Set<{ onmessage: unknown }>();

  page(shared: boolean): FakeSurroundings {
    const page = new FakeSurroundings(storage);
    this.pages.push(page);
    if (shared)
      Object.assign(page, {
        lock: (_name: string, held: () => void) => {
          this.waiting.push(held);
          if (this.waiting[0] === held) held();
          return () => {
            const first = this.waiting[0] === held;
            this.waiting.splice(this.waiting.indexOf(held), 1);
            if (first) this.waiting[0]?.();
          };
        },
        broadcast: () => {
          const end = {
            onmessage: undefined as unknown,
            postMessage: (data: unknown) =>
              this.channels.forEach((other) => {
                if (other !== end) (other.onmessage as (event: object) => void)({ data });
              }),
            close: () => void this.channels.delete(end),
          };
          this.channels.add(end);
          return end;
        },
      });
    return page;
  }

  get sources(): FakeEventSource[] {
    return this.pages.flatMap(({ sources }) => sources);
  }
}

function open(page: FakeSurroundings, options: Partial<ReparteeOptions> = {}) {
  const pushed: DecidedZone[] = [];
  const client = createRepartee({ host: hub.url, writeKey: 'wk', live: true, ...options }, page);
  client.onPushed((zone) => pushed.push(zone));
  clients.push(client);
  return { client, pushed };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

const push = (id: string) => ({ id, zone: 'home.hero', offers: [anOffer(id)] });

describe('a live page', () => {
  it('opens a stream with a ticket, and shows a pushed offer once', async () => {
    const page = new Browser().page(false);
    const { client, pushed } = open(page);
    const shown: (DecidedZone | null)[] = [];
    client.bindZone({} as Element, 'home.hero', (zone) => shown.push(zone));
    await until(() => page.sources.length === 1 && shown.length === 1);
    const [source] = page.sources;
    expect(source?.address).toBe(`${hub.url}/v1/stream?ticket=ticket-1`);
    source?.say('offer', push('a'), 'offers@a');
    source?.say('offer', push('a'), 'offers@a');
    expect(pushed).toMatchObject([{ zone: 'home.hero', fallback: null, offers: [{ token: 'a' }] }]);
    expect(shown.at(-1)).toBe(pushed[0]);
  });

  it('comes back with a new ticket and the last id', async () => {
    const page = new Browser().page(false);
    open(page);
    await until(() => page.sources.length === 1);
    page.sources[0]?.say('offer', push('a'), 'offers@a');
    page.sources[0]?.fail();
    await until(() => page.sources.length === 2);
    expect(page.sources[1]?.address).toBe(`${hub.url}/v1/stream?ticket=ticket-2&lastEventId=offers%40a`);
    expect(page.sources[0]?.closed).toBe(true);
  });

  it('begins anew when the session stands for somebody else', async () => {
    const page = new Browser().page(false);
    const { client } = open(page);
    await until(() => page.sources.length === 1);
    client.identify('ann');
    await until(() => page.sources.length === 2);
    client.reset();
    await until(() => page.sources.length === 3);
    client.stop();
    expect(page.sources.map(({ closed }) => closed)).toEqual([true, true, true]);
  });

  it('shares one stream with the others, and hands it on when it goes', async () => {
    const browser = new Browser();
    const first = open(browser.page(true));
    const second = open(browser.page(true));
    await until(() => browser.sources.length === 1);
    browser.sources[0]?.say('offer', push('a'), 'offers@a');
    expect([first.pushed.length, second.pushed.length]).toEqual([1, 1]);
    first.client.stop();
    await until(() => browser.sources.length === 2);
    expect(browser.pages[1]?.sources[0]?.address).toContain('lastEventId=offers%40a');
    browser.sources[1]?.say('offer', push('b'), 'offers@b');
    expect([first.pushed.length, second.pushed.length]).toEqual([1, 2]);
  });

  it('shares the one of a shared worker, which asks a page for the ticket', async () => {
    const sources: FakeEventSource[] = [];
    const welcome = shareStreams((address) => {
      const source = new FakeEventSource(address);
      sources.push(source);
      return source;
    });
    const worker = () => {
      const { port1, port2 } = new MessageChannel();
      const page: PagePort = {
        postMessage: (message) => port2.postMessage(message),
        onmessage: null,
        start: () => port2.start(),
      };
      port2.onmessage = (event) => page.onmessage?.(event as MessageEvent<PageMessage>);
      welcome(page);
      return { port: port1 };
    };
    const browser = new Browser();
    const first = open(browser.page(false), { worker });
    await until(() => sources.length === 1);
    const second = open(browser.page(false), { worker });
    await new Promise((resolve) => setTimeout(resolve, 20));
    sources[0]?.say('offer', push('a'), 'offers@a');
    await until(() => first.pushed.length === 1 && second.pushed.length === 1);
    expect([sources.length, browser.sources.length]).toEqual([1, 0]);
    first.client.stop();
    second.client.stop();
    await until(() => sources[0]?.closed === true);
  });
});

it('a shared worker that cannot be loaded is done without', async () => {
  const page = new Browser().page(false);
  const failing = { port: new MessageChannel().port1, onerror: undefined as unknown };
  open(page, { worker: () => failing });
  (failing.onerror as () => void)();
  await until(() => page.sources.length === 1);
  const other = new Browser().page(false);
  open(other, {
    worker: () => {
      throw new Error('no shared workers');
    },
  });
  await until(() => other.sources.length === 1);
});

describe('a countdown', () => {
  it('runs by the clock of the hub', async () => {
    const page = new FakeSurroundings();
    page.clock = Date.parse('2026-01-01T00:00:00Z');
    hub.now = '2026-01-01T01:00:00.000Z';
    const { client } = open(page, { live: false });
    await client.decide({ zones: ['a'] });
    const offer = { ...anOffer(), validUntil: '2026-01-01T01:01:30.000Z' };
    const left: number[] = [];
    const stop = client.countdown(offer, (milliseconds) => left.push(milliseconds));
    stop();
    expect(left).toEqual([90_000]);
    client.countdown({ ...offer, validUntil: '2026-01-01T00:30:00.000Z' }, (over) => left.push(over));
    expect(left).toEqual([90_000, 0]);
  });

  it.each([
    [0, '0:00'],
    [1, '0:01'],
    [61_000, '1:01'],
    [3_600_000, '1:00:00'],
    [90_061_000, '25:01:01'],
  ])('of %d milliseconds reads %s', (left, text) => expect(clockText(left)).toBe(text));
});
