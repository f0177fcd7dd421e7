/** What the generator sends; each makes a complete HTTP request from a running number. */
export type RequestKind = 'echo' | 'track' | 'batch' | 'identify' | 'decide' | 'arbitrate' | 'sessions';

export interface RequestSettings {
  /** Of the public or the server key, as Basic user name and as bearer. */
  key: string;
  /** How many people the requests are spread over: `bench-0` to `bench-<people − 1>`. */
  people: number;
  /** Sets this round's message ids apart from all others. */
  run: string;
}

export const EVENTS_PER_BATCH = 100;
/** The zones of a decision that has much to choose from. */
export const ARBITRATED = ['large.hero', 'large.side', 'large.foot'];
/** The same person may come back soon, but never the same run of people: multiplication by a prime scatters them. */
const SCATTER = 7_919;

/** Whom event number `n` is about. */
export const personOf = (n: number, people: number) => `bench-${(n * SCATTER) % people}`;

/** A complete POST of a JSON body. `headers`: lines to add, each with its line end. */
export function post(
  path: string,
  key: string,
  body: string,
  scheme: 'Basic' | 'Bearer' = 'Bearer',
  headers = '',
): string {
  const credentials = scheme === 'Basic' ? Buffer.from(`${key}:`).toString('base64') : key;
  const length = Buffer.byteLength(body);
  return `POST ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\nauthorization: ${scheme} ${credentials}\r\n${headers}content-length: ${length}\r\n\r\n${body}`;
}

/** Asks for the answer once the event is processed and shows, ten seconds at most. */
export const VISIBLE = 'prefer: visible, wait=10\r\n';

/** A complete GET. */
export const get = (path: string, key: string) =>
  `GET ${path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${key}\r\n\r\n`;

/** One page view of a shop, as Segment's ecommerce specification has it. */
export function trackEvent(n: number, { people, run }: RequestSettings, device = ''): string {
  const product = n % 997;
  return `{"type":"track","messageId":"${run}-${n}","userId":"${personOf(n, people)}",${device}"event":"Product Viewed","properties":{"product_id":"sku-${product}","sku":"sku-${product}","category":"Games","name":"Product ${product}","brand":"Bench","price":${(product % 90) + 9.99},"quantity":1,"currency":"USD","position":3,"url":"https://shop.example.org/p/${product}"},"context":{"locale":"en-US","userAgent":"Mozilla/5.0 (bench)","page":{"path":"/p/${product}","title":"Product ${product}"}}}`;
}

/** A page view in a session, one of ten on a device that was never seen before. */
export function sessionEvent(n: number, settings: RequestSettings): string {
  return trackEvent(n, settings, n % 10 === 0 ? `"anonymousId":"${settings.run}-device-${n}",` : '');
}

/** Makes person number `n` known, with the traits that the bench's offers ask about. */
export function identifyEvent(n: number, run: string, traits = ''): string {
  return `{"type":"identify","messageId":"${run}-${n}","userId":"bench-${n}","traits":{"firstName":"Ann","age":${18 + (n % 60)},"tier":"${n % 3 ? 'silver' : 'gold'}","country":"${n % 2 ? 'DE' : 'FR'}"${traits}}}`;
}

function batchOf(n: number, event: (n: number) => string): string {
  const events: string[] = [];
  for (let index = 0; index < EVENTS_PER_BATCH; index += 1) events.push(event(n * EVENTS_PER_BATCH + index));
  return `{"batch":[${events.join(',')}]}`;
}

/** A decision for a known person in one zone. */
export function decision(person: string, zone: string): string {
  return `{"identifiers":{"userId":"${person}"},"channel":"web","zones":[{"zone":"${zone}","count":1}]}`;
}

/** A decision for a known person in three zones, with what the page knows. */
function arbitration(person: string, n: number): string {
  const zones = ARBITRATED.map((zone) => `{"zone":"${zone}","count":1}`).join(',');
  const context = `{"device":"${n % 3 ? 'mobile' : 'desktop'}","basket":${(n % 120) + 0.5}}`;
  return `{"identifiers":{"userId":"${person}"},"channel":"web","zones":[${zones}],"context":${context}}`;
}

/** The maker of one kind of request. */
export function requestMaker(kind: RequestKind, settings: RequestSettings): (n: number) => string {
  const { key, people, run } = settings;
  switch (kind) {
    case 'echo':
      return (n) => post('/', key, decision(personOf(n, people), 'bench.home'));
    case 'track':
      return (n) => post('/v1/track', key, trackEvent(n, settings), 'Basic');
    case 'batch':
      return (n) =>
        post(
          '/v1/batch',
          key,
          batchOf(n, (each) => trackEvent(each, settings)),
          'Basic',
        );
    case 'identify':
      return (n) =>
        post(
          '/v1/batch',
          key,
          batchOf(n, (each) => identifyEvent(each, run)),
          'Basic',
        );
    case 'sessions':
      return (n) =>
        post(
          '/v1/batch',
          key,
          batchOf(n, (each) => sessionEvent(each, settings)),
          'Basic',
        );
    case 'arbitrate':
      return (n) => post('/v1/decisions', key, arbitration(personOf(n, people), n));
    case 'decide':
      return (n) => post('/v1/decisions', key, decision(personOf(n, people), 'bench.home'));
  }
}
