import { itWithDocuments, OpenApiJudge, type Exchange } from '@repartee/contracts/testing';
import type { Outcome } from '@repartee/contracts';
import { smsTwilio } from './index.js';
import { actionFor, ANN, ATTEMPT, contextFor, PUBLIC_URL } from './testing/connector-fixture.js';
import { ACCOUNT, SENDERS, startStandIn, TOKEN, type Script } from './testing/twilio-stand-in.js';

type Rejected = Extract<Outcome, { status: 'rejected' }>;

const exchanges: Exchange[] = [];
let twilio: Awaited<ReturnType<typeof startStandIn>>;

beforeEach(async () => {
  twilio = await startStandIn();
});
afterEach(async () => {
  exchanges.push(...twilio.exchanges);
  await twilio.stop();
});

const context = (settings = {}, signal?: AbortSignal) =>
  contextFor({ apiUrl: twilio.url, ...settings }, signal);
const send = (more: Parameters<typeof actionFor>[0] = {}, settings = {}, signal?: AbortSignal) =>
  smsTwilio.deliver?.(actionFor(more), context(settings, signal));
const sendTo = (script: Script) => {
  twilio.next(script);
  return send();
};

describe('a text', () => {
  it('is sent with its text, its sender and where to report', async () => {
    expect(await send()).toEqual({ status: 'accepted', providerId: twilio.taken[0]?.sid });
    const [{ form, url } = { form: undefined, url: '' }] = twilio.exchanges;
    expect(url).toBe(`/2010-04-01/Accounts/${ACCOUNT}/Messages.json`);
    expect(Object.fromEntries(form ?? [])).toEqual({
      To: ANN,
      From: expect.stringMatching(/^\+150055500(06|10)$/),
      Body: 'Tea for Ann: https://shop.example/r/CLICK',
      StatusCallback: `${PUBLIC_URL}/v1/connectors/sms-twilio/webhooks/status/${ATTEMPT}`,
    });
  });

  it('goes by a Messaging Service, and expires with its offer', async () => {
    const messagingServiceSid = `MG${'2'.repeat(32)}`;
    const expiresAt = new Date(Date.now() + 600_500).toISOString();
    await send({ expiresAt }, { messagingServiceSid, publicUrl: undefined });
    const form = Object.fromEntries(twilio.exchanges[0]?.form ?? []);
    expect(form).toMatchObject({ MessagingServiceSid: messagingServiceSid });
    expect(Number(form['ValidityPeriod'])).toBeGreaterThan(590);
    expect(Object.keys(form).sort()).toEqual(['Body', 'MessagingServiceSid', 'To', 'ValidityPeriod']);
  });

  it.each([
    ['SMS.ADDRESS_INVALID', { to: { address: 'Ann' } }, {}],
    ['SMS.TEMPLATE_FAILED', { content: { body: '{% for i in (1..9999999) %}{{ i }}{% endfor %}' } }, {}],
    ['SMS.TEXT_REJECTED', { content: { body: '{{ nothing }}' } }, {}],
    ['SMS.TEXT_REJECTED', { content: { body: 'x'.repeat(1601) } }, {}],
    ['SMS.NO_WAY_OUT', { class: 'marketing' as const, links: {} }, { senders: 'FIELDNOTE' }],
  ])('is not sent: %s', async (code, more, settings) => {
    expect(await send(more, settings)).toMatchObject({ status: 'rejected', code, retryable: false });
    expect(twilio.exchanges).toEqual([]);
  });
});

describe('an error of Twilio', () => {
  it.each([
    [400, 21610, 'SMS.OPTED_OUT', false],
    [400, 21211, 'SMS.ADDRESS_INVALID', false],
    [400, 21614, 'SMS.ADDRESS_INVALID', false],
    [400, 21612, 'SMS.NO_ROUTE', false],
    [400, 21606, 'SMS.SENDER_REJECTED', true],
    [400, 21617, 'SMS.TEXT_REJECTED', false],
    [400, 21999, 'SMS.MESSAGE_REJECTED', false],
    [401, 20003, 'SMS.AUTHENTICATION_FAILED', true],
    [403, 20005, 'SMS.AUTHENTICATION_FAILED', true],
  ])('%d %d is %s', async (status, code, ours, retryable) => {
    const message = `The number ${ANN} and ${ANN.replace(/(\d{3})/g, '$1 ')} will not do`;
    const { facts: _facts, ...outcome } = (await sendTo({ error: { status, code, message } })) as Rejected;
    expect(outcome).toMatchObject({ status: 'rejected', code: ours, retryable });
    expect(JSON.stringify(outcome)).not.toContain('5555');
    expect(JSON.stringify(outcome)).toContain(String(code));
  });

  it('says what it means for the texts after it', async () => {
    const told = async (code: number) =>
      ((await sendTo({ error: { status: 400, code, message: 'No' } })) as Rejected).facts;
    expect(await told(21610)).toMatchObject([{ kind: 'opt-out', address: ANN }]);
    expect(await told(21614)).toMatchObject([
      { kind: 'receipt', status: 'bounced', permanent: true, address: ANN },
    ]);
    expect(await told(21612)).toBeUndefined();
  });

  it('429 waits as long as it says', async () => {
    expect(await sendTo({ error: { status: 429, code: 20429, retryAfter: 7 } })).toMatchObject({
      status: 'rejected',
      code: 'SMS.RATE_LIMITED',
      retryable: true,
      retryAfter: 7,
    });
  });

  it.each<[string, Script]>([
    ['500', { error: { status: 500, code: 20500 } }],
    ['503', { error: { status: 503, code: 20503 } }],
    ['500 after the text was taken', { error: { status: 500, code: 20500 }, takes: true }],
    ['a line that is cut', { silence: 'reset' }],
    ['a line that is cut before', { silence: 'reset', takes: false }],
  ])('%s leaves it unknown', async (_, script) => {
    expect(await sendTo(script)).toMatchObject({ status: 'unknown' });
  });

  it('silence leaves it unknown when the call ends', async () => {
    const stop = new AbortController();
    twilio.next({ silence: 'hang' });
    const outcome = send({}, {}, stop.signal);
    await twilio.asked();
    stop.abort();
    expect(await outcome).toMatchObject({ status: 'unknown' });
    expect(twilio.taken).toHaveLength(1);
  });

  it('silence leaves it unknown after the time that is set', async () => {
    twilio.next({ silence: 'hang' });
    const detail = 'Twilio said nothing for 0.1 s';
    expect(await send({}, { timeout: 0.1 })).toEqual({ status: 'unknown', detail });
  });

  it('no connection is a known rejection', async () => {
    const { url } = twilio;
    await twilio.stop();
    const outcome = await send({}, { apiUrl: url });
    twilio = await startStandIn();
    expect(outcome).toMatchObject({ status: 'rejected', code: 'SMS.CONNECTION_FAILED', retryable: true });
  });
});

describe('the settings', () => {
  const check = (settings = {}) => smsTwilio.checkSettings?.(context(settings));
  it('are tried', async () => {
    await expect(check()).resolves.toBeUndefined();
    twilio.next({ error: { status: 401, code: 20003, message: 'Authenticate' } });
    await expect(check()).rejects.toThrow('Authenticate');
  });

  it.each([
    { senders: undefined },
    { messagingServiceSid: `MG${'2'.repeat(32)}`, senders: '+15005550006' },
    { senders: 'a name that is too long' },
    { accountSid: 'SK1' },
    { apiKeySid: `SK${'1'.repeat(32)}` },
  ])('are refused: %#', (settings) => {
    const whole = { accountSid: ACCOUNT, authToken: TOKEN, senders: SENDERS.join(','), ...settings };
    expect(smsTwilio.settings.safeParse(whole).success).toBe(false);
  });
});

itWithDocuments("asks as Twilio's own document says", ['twilio_api_v2010.json'], (api) => {
  const judge = new OpenApiJudge(api ?? {});
  const sends = exchanges.filter(({ form }) => form);
  expect(sends.length).toBeGreaterThan(10);
  const problems = sends.flatMap((one) => judge.problemsOf(one));
  expect(problems.filter((problem) => !/^the status \d+ is not/.test(problem))).toEqual([]);
});
