import type { Attempt } from '@repartee/contracts';
import { itWithDocuments, OpenApiJudge, type Exchange } from '@repartee/contracts/testing';
import { smsTwilio } from './index.js';
import { actionFor, ATTEMPT, contextFor } from './testing/connector-fixture.js';
import { startStandIn } from './testing/twilio-stand-in.js';
import { rfc2822 } from './testing/twilio-answers.js';

const exchanges: Exchange[] = [];
let twilio: Awaited<ReturnType<typeof startStandIn>>;

beforeEach(async () => {
  twilio = await startStandIn();
});
afterEach(async () => {
  exchanges.push(...twilio.exchanges);
  await twilio.stop();
});

const context = (settings = {}) => contextFor({ apiUrl: twilio.url, ...settings });
/** No link of its own names it. */
const plain = { content: { body: 'Tea for {{ profile.traits.name }}' } };
const send = (more = {}, settings = {}) =>
  smsTwilio.deliver?.(actionFor({ ...plain, ...more }), context(settings));
const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  deliveryId: '0190-delivery',
  attemptId: ATTEMPT,
  startedAt: new Date().toISOString(),
  action: actionFor(plain),
  ...more,
});
const ask = (more: Partial<Attempt> = {}, settings = {}) =>
  smsTwilio.reconcile?.(attempt(more), context(settings));

describe('an attempt of unknown outcome', () => {
  it('was accepted when Twilio has its message, sent or still waiting', async () => {
    twilio.next({ silence: 'reset' });
    expect(await send()).toMatchObject({ status: 'unknown' });
    const [message] = twilio.taken;
    expect(await ask()).toEqual({ status: 'accepted', providerId: message?.sid });
    if (message) message.date_sent = message.date_created;
    expect(await ask()).toEqual({ status: 'accepted', providerId: message?.sid });
  });

  it('was accepted by its Messaging Service', async () => {
    const service = { messagingServiceSid: `MG${'2'.repeat(32)}` };
    twilio.next({ silence: 'reset' });
    await send({}, service);
    expect(await ask({}, service)).toMatchObject({ status: 'accepted' });
    expect(await ask({}, { messagingServiceSid: `MG${'3'.repeat(32)}` })).toMatchObject({
      status: 'unknown',
    });
  });

  it('stays unknown when Twilio has nothing, another text, another time, or two that fit', async () => {
    expect(await ask()).toMatchObject({ status: 'unknown' });
    await send({ content: { body: 'Another text' } });
    expect(await ask()).toMatchObject({ status: 'unknown' });
    await send();
    const [, message] = twilio.taken;
    if (message) message.date_created = rfc2822(Date.now() - 3_600_000);
    expect(await ask()).toMatchObject({ status: 'unknown' });
    if (message) message.date_created = rfc2822(Date.now());
    expect(await ask()).toMatchObject({ status: 'accepted' });
    await send();
    expect(await ask()).toMatchObject({ status: 'unknown', detail: expect.stringContaining('several') });
  });

  it('is known by a link of its own, also when what it said is not kept', async () => {
    const content = { body: 'Tea: {{ links.click }}' };
    await send({ content });
    await send({ content, links: { click: 'https://shop.example/r/OTHER' } });
    const { content: _content, data: _data, ...kept } = actionFor({ content });
    const [first] = twilio.taken;
    expect(await ask({ action: kept as typeof kept & Attempt['action'] })).toEqual({
      status: 'accepted',
      providerId: first?.sid,
    });
    const none = { ...kept, links: {} } as typeof kept & Attempt['action'];
    expect(await ask({ action: none })).toMatchObject({ status: 'unknown' });
  });

  it('was never made when Twilio has nothing of it long after', async () => {
    const longAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    expect(await ask({ startedAt: longAgo(29) })).toMatchObject({ status: 'unknown' });
    const never = { status: 'rejected', code: 'SMS.NEVER_MADE', retryable: true };
    expect(await ask({ startedAt: longAgo(31) })).toMatchObject(never);
    expect(await ask({ startedAt: longAgo(31), begunAt: longAgo(2) })).toMatchObject({ status: 'unknown' });
    // Another text may be ours, said in the words of that day; one that another delivery made is not.
    await send({ content: { body: 'Another text' } });
    const started = { startedAt: longAgo(31) };
    expect(await ask(started)).toMatchObject({ status: 'unknown' });
    expect(await ask({ ...started, otherIds: [twilio.taken[0]?.sid ?? ''] })).toMatchObject(never);
  });

  it('is told from another delivery of the same text', async () => {
    await send();
    const [other] = twilio.taken;
    expect(await ask({ otherIds: [other?.sid ?? ''] })).toMatchObject({ status: 'unknown' });
    await send();
    const [, own] = twilio.taken;
    expect(await ask({ otherIds: [other?.sid ?? ''] })).toEqual({
      status: 'accepted',
      providerId: own?.sid,
    });
  });

  it('is not taken for sent when Twilio does not answer the question', async () => {
    twilio.next({ error: { status: 500, code: 20500 } });
    await expect(ask()).rejects.toThrow();
  });
});

describe('a person who is forgotten', () => {
  it('is asked for by number, and what stays is said', async () => {
    await send();
    const forget = () =>
      smsTwilio.forget?.({ subjectId: 'p', addresses: ['ann@example.org', '+14155550100'] }, context());
    await forget();
    expect(twilio.exchanges.at(-1)).toMatchObject({ method: 'DELETE' });
    expect(twilio.exchanges.filter(({ url }) => url.includes('ann'))).toEqual([]);
    twilio.next({});
    twilio.next({});
    twilio.next({ error: { status: 409, code: 20009 } });
    await expect(forget()).rejects.toThrow('keeps 1');
  });
});

itWithDocuments("asks as Twilio's own document says", ['twilio_api_v2010.json'], (api) => {
  const judge = new OpenApiJudge(api ?? {});
  const listings = exchanges.filter(({ method, status }) => method === 'GET' && status === 200);
  expect(listings.length).toBeGreaterThan(8);
  expect(listings.flatMap((one) => judge.problemsOf(one))).toEqual([]);
});
