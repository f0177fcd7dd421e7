import { itWithDocuments, OpenApiJudge, type Exchange } from '@repartee/contracts/testing';
import { join } from 'node:path';
import twilio from 'twilio';
import { startSandbox, type Sandbox } from './sandbox.js';
import { startHub } from './testing/hub.js';
import { twilioSdk } from './testing/twilio-sdk.js';
import { segmentCount } from './twilio/segment-count.js';

const ACCOUNT = `AC${'a'.repeat(32)}`;
const TOKEN = 'a token of twilio';
const SERVICE = 'MG00000000000000000000000000000000';
const US = '+15005550006';
const ANN = '+14155550100';
const DOCUMENTS = ['twilio_api_v2010.json', 'twilio_messaging_v1.json'];

describe('the Twilio emulator', () => {
  let sandbox: Sandbox;
  let hub: Awaited<ReturnType<typeof startHub>>;
  let sdk: ReturnType<typeof twilioSdk>;
  const exchanges: Exchange[] = [];

  beforeEach(async () => {
    hub = await startHub();
    sandbox = await startSandbox({
      port: 0,
      smtpPort: 0,
      clientFolder: join(__dirname, 'client'),
      twilio: { accountSid: ACCOUNT, authToken: TOKEN, inboundUrl: `${hub.url}/inbound?a=1`, pace: 1 },
    });
    sdk = twilioSdk(sandbox.url, ACCOUNT, TOKEN);
  });
  afterEach(async () => {
    exchanges.push(...sdk.exchanges);
    await sandbox.stop();
    await hub.stop();
  });

  const json = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`${sandbox.url}${path}`, init);
    return (answer.status === 204 ? undefined : await answer.json()) as Record<string, unknown>;
  };
  const put = (body: object) =>
    json('/sandbox/api/twilio/faults', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const answer = (text: string, number = ANN) =>
    json(`/sandbox/api/phones/${encodeURIComponent(number)}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
  const texts = async (number = ANN) =>
    (await json(`/sandbox/api/phones/${encodeURIComponent(number)}`)).texts as Record<string, unknown>[];
  const send = (more: object = {}) =>
    sdk.client.messages.create({ to: ANN, from: US, body: 'Hello', ...more });
  const signedByTwilio = ({ url, signature, form }: (typeof hub.calls)[number]) =>
    twilio.validateRequest(TOKEN, signature, url, form);

  it('takes a text, carries it to the phone, and reports on it, signed', async () => {
    const sent = await send({ statusCallback: `${hub.url}/status/1?b=ü` });
    expect(sent).toMatchObject({ status: 'queued', to: ANN, from: US, numSegments: '1', errorCode: null });

    const calls = await hub.hears(3);
    expect(calls.map(({ form }) => form['MessageStatus'])).toEqual(['queued', 'sent', 'delivered']);
    expect(calls.every(signedByTwilio)).toBe(true);
    expect(calls[0]?.form).toMatchObject({ MessageSid: sent.sid, To: ANN, From: US, AccountSid: ACCOUNT });
    expect(await texts()).toMatchObject([{ by: 'hub', text: 'Hello', status: 'delivered', sender: US }]);
    expect(await sdk.client.messages(sent.sid).fetch()).toMatchObject({ status: 'delivered', body: 'Hello' });
  });

  it('lists by recipient, sender and date, in pages', async () => {
    for (let count = 1; count <= 5; count += 1) await send({ body: `Text ${count}` });
    await send({ to: '+14155550101' });
    const bodies = (messages: { body: string }[]) => messages.map(({ body }) => body);
    expect(bodies(await sdk.client.messages.list({ to: ANN, from: US, pageSize: 2 }))).toEqual([
      'Text 5',
      'Text 4',
      'Text 3',
      'Text 2',
      'Text 1',
    ]);
    expect(bodies(await sdk.client.messages.list({ to: ANN, limit: 1 }))).toEqual(['Text 5']);
    const day = 86_400_000;
    const found = { to: ANN, dateSentAfter: new Date(Date.now() - day) };
    while ((await sdk.client.messages.list(found)).length < 5);
    expect(await sdk.client.messages.list({ ...found, dateSentAfter: new Date(Date.now() + day) })).toEqual(
      [],
    );
    expect(await sdk.client.messages.list({ dateSentBefore: new Date(Date.now() - day) })).toEqual([]);
  });

  it('deletes a text', async () => {
    const { sid } = await send();
    expect(await sdk.client.messages(sid).remove()).toBe(true);
    await expect(sdk.client.messages(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it('sends by the number of its Messaging Service', async () => {
    const sent = await send({ from: undefined, messagingServiceSid: SERVICE });
    expect(sent).toMatchObject({ status: 'accepted', from: null, numSegments: '0' });
    expect(await sdk.client.messaging.v1.services(SERVICE).fetch()).toMatchObject({ sid: SERVICE });
    expect(await sdk.client.api.v2010.accounts(ACCOUNT).fetch()).toMatchObject({ status: 'active' });
    await expect(sdk.client.messaging.v1.services(`MG${'9'.repeat(32)}`).fetch()).rejects.toMatchObject({
      status: 404,
    });
  });

  it.each([
    ['an invalid number', { to: '+15005550001' }, 21211],
    ['no way there', { to: '+15005550002' }, 21612],
    ['a landline', { to: '+15005550009' }, 21614],
    ['a name', { to: 'Ann' }, 21211],
    ['a number of somebody else', { from: '+15005550007' }, 21606],
    ['no sender', { from: undefined }, 21603],
    ['no text', { body: '' }, 21602],
    ['a long text', { body: 'x'.repeat(1601) }, 21617],
    ['an unknown service', { from: undefined, messagingServiceSid: `MG${'9'.repeat(32)}` }, 21701],
  ])('refuses %s', async (_what, more, code) => {
    await expect(send(more)).rejects.toMatchObject({ status: 400, code });
  });

  it('lets in nobody with another token', async () => {
    const { client } = twilioSdk(sandbox.url, ACCOUNT, 'wrong');
    await expect(client.messages.list()).rejects.toMatchObject({ status: 401, code: 20003 });
  });

  it('fails later where the number says so', async () => {
    await send({ to: '+15005553005', statusCallback: `${hub.url}/status` });
    const last = (await hub.hears(3)).at(-1);
    expect(last?.form).toMatchObject({ MessageStatus: 'undelivered', ErrorCode: '30005' });
  });

  it('carries an answer to the hub, signed', async () => {
    await send();
    await answer('Grüße + 1 ☕');
    const [call] = hub.calls;
    expect(call?.form).toMatchObject({ From: ANN, To: US, Body: 'Grüße + 1 ☕', SmsStatus: 'received' });
    expect(call && signedByTwilio(call)).toBe(true);
    expect(await texts()).toMatchObject([{ by: 'hub' }, { by: 'person', text: 'Grüße + 1 ☕', error: null }]);
  });

  it('shows when the hub did not take an answer', async () => {
    hub.reply.status = 403;
    expect(await answer('Hello?')).toMatchObject({ by: 'person', error: 11200 });
  });

  it('sends what the hub replies in TwiML', async () => {
    Object.assign(hub.reply, { status: 200, body: '<Response><Message>Thanks</Message></Response>' });
    await answer('Hello');
    expect(await texts()).toMatchObject([{ by: 'person' }, { by: 'hub', text: 'Thanks' }]);
  });

  it('keeps its own list of who opted out, and answers for itself', async () => {
    await send();
    await answer(' stop ');
    await expect(send()).rejects.toMatchObject({ status: 400, code: 21610 });
    await expect(send({ from: undefined, messagingServiceSid: SERVICE })).rejects.toMatchObject({
      code: 21610,
    });
    expect(await json(`/sandbox/api/phones/${encodeURIComponent(ANN)}`)).toMatchObject({ optedOut: true });
    await answer('START');
    await send();
    expect((await texts()).filter(({ by }) => by === 'hub')).toHaveLength(4);
    await answer('stop please');
    await send();
  });

  it('breaks as it is told to', async () => {
    await put({ tooMany: 1 });
    await expect(send()).rejects.toMatchObject({ status: 429, code: 20429 });
    await put({ tooMany: 0, serverError: 1 });
    await expect(send()).rejects.toMatchObject({ status: 500 });
    expect(await texts()).toEqual([]);

    await put({ serverError: 0, duplicateCallbacks: 1 });
    await send({ statusCallback: `${hub.url}/status` });
    await hub.hears(6);
    expect(await put({ duplicateCallbacks: 0 })).toMatchObject({ tooMany: 0, duplicateCallbacks: 0 });
    expect(await put({ tooMany: 2 })).toMatchObject({ status: 400 });
  });

  it.each([
    ['silentAfterAccept', 1],
    ['hang', 0],
  ])('%s: says nothing, and took %d', async (fault, count) => {
    await put({ [fault]: 1 });
    const asked = fetch(`${sandbox.url}/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}` },
      body: new URLSearchParams({ To: ANN, From: US, Body: 'Hello' }),
    }).catch(() => 'cut off');
    while (count > 0 && (await texts()).length === 0);
    await sandbox.stop();
    expect(await asked).toBe('cut off');
    expect(sdk.exchanges).toEqual([]);
    sandbox = await startSandbox({
      port: 0,
      smtpPort: 0,
      clientFolder: join(__dirname, 'client'),
      twilio: { accountSid: ACCOUNT, authToken: TOKEN, pace: 1 },
    });
  });

  it('tells the phones what happens, and marks what was read', async () => {
    await send({ statusCallback: `${hub.url}/status` });
    await hub.hears(3);
    expect(await json('/sandbox/api/phones')).toMatchObject({
      unread: 1,
      items: [{ number: ANN, preview: 'Hello', unread: 1, count: 1 }],
    });
    await json(`/sandbox/api/phones/${encodeURIComponent(ANN)}/seen`, { method: 'PUT' });
    expect(await json('/sandbox/api/phones')).toMatchObject({ unread: 0 });
    await json('/sandbox/api/phones', { method: 'DELETE' });
    expect(await json('/sandbox/api/phones')).toMatchObject({ items: [] });
    expect(await json('/sandbox/api/phones/nobody')).toMatchObject({ status: 400 });
    const page = await fetch(`${sandbox.url}/sandbox/phones/${encodeURIComponent(ANN)}`);
    expect(await page.text()).toContain('/sandbox/assets/phone-app.js');
  });

  itWithDocuments("speaks as Twilio's own documents say", DOCUMENTS, (api, messaging) => {
    const judges = [new OpenApiJudge(api ?? {}), new OpenApiJudge(messaging ?? {})] as const;
    const answered = exchanges.filter(({ status }) => status < 400);
    expect(answered.length).toBeGreaterThan(20);
    const problems = answered.flatMap((one) => judges[one.url.startsWith('/v1/') ? 1 : 0].problemsOf(one));
    expect(problems).toEqual([]);
    for (const { status, answer: body } of exchanges.filter((one) => one.status >= 400))
      expect(body).toEqual({
        code: expect.any(Number),
        message: expect.any(String),
        more_info: expect.stringMatching(/^https:\/\/www\.twilio\.com\/docs\/errors\/\d{5}$/),
        status,
      });
  });
});

it('counts segments', () => {
  expect(segmentCount('x'.repeat(160))).toBe(1);
  expect(segmentCount('x'.repeat(161))).toBe(2);
  expect(segmentCount('€'.repeat(80))).toBe(1);
  expect(segmentCount('☕'.repeat(71))).toBe(2);
});
