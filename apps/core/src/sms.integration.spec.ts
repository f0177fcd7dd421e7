import type { ProfileDocument } from '@repartee/profile/domain';
import { apply } from './testing/apply.js';
import { Phones } from './testing/phones.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const CONFIGURATION = {
  version: 1,
  policies: [{ key: 'texts-at-any-hour', type: 'quiet', channels: ['sms'] }],
  zones: [{ key: 'sms.main', channel: 'sms' }],
  offers: [{ key: 'tea', name: 'Tea', value: 1 }],
  treatments: [
    {
      key: 'tea.sms',
      offer: 'tea',
      channel: 'sms',
      zones: ['sms.main'],
      content: { body: 'Tea for {{ profile.traits.name }} ☕' },
    },
  ],
};

interface Delivery {
  status: string;
  reason: string | null;
  progress: { status: string } | null;
}

let next = 0;

describe('a text', () => {
  let phones: Phones;
  let core: CoreUnderTest;

  beforeAll(async () => {
    phones = await Phones.open();
    core = await startCore({
      environment: { ...phones.environment, SMS_TWILIO_PRICE_PER_SEGMENT: '0.0079' },
    });
    phones.core = core.url;
    await apply(core, CONFIGURATION);
  });
  afterAll(async () => {
    await core.stop();
    await phones.close();
  });

  const meet = async (phone = `+14152${String((next += 1)).padStart(6, '0')}`) => {
    await visibly(core.call, '/v1/identify', { userId: `user ${phone}`, traits: { phone, name: 'Ann' } });
    return phone;
  };
  const send = async (phone: string, messageClass = 'marketing') => {
    const { body } = await core.call<{ deliveryId: string }>('/v1/messages', {
      body: { identifiers: { phone }, channel: 'sms', template: 'tea.sms', class: messageClass },
    });
    return body.deliveryId;
  };
  const stands = async (id: string) => (await core.call<Delivery>(`GET /v1/deliveries/${id}`)).body;
  const ends = (id: string) =>
    until('the delivery to end', async () => {
      const delivery = await stands(id);
      return !['planned', 'sending'].includes(delivery.status) && delivery;
    });
  const profile = async (phone: string) =>
    (await core.call<ProfileDocument>('/v1/profiles/lookup', { body: { identifiers: { phone } } })).body;

  it('arrives on the phone, says how to opt out, and its delivery is reported', async () => {
    const phone = await meet();
    const id = await send(phone);
    expect(await ends(id)).toMatchObject({ status: 'accepted' });
    const delivered = () => stands(id).then(({ progress }) => progress?.status === 'delivered');
    await until('the report', delivered);
    expect(await phones.texts(phone)).toMatchObject([
      { by: 'hub', text: 'Tea for Ann ☕\nReply STOP to opt out.', status: 'delivered' },
    ]);
  });

  it('is shown with its segments and cost before it is sent, and when its template is written', async () => {
    const phone = await meet();
    const body = { identifiers: { phone }, channel: 'sms', template: 'tea.sms' };
    expect((await core.call('/v1/messages/preview', { body })).body).toEqual({
      treatment: 'tea.sms',
      content: { text: 'Tea for Ann ☕' },
      estimate: { bytes: 20, parts: 1, encoding: 'ucs-2', cost: { amount: 0.0079, currency: 'USD' } },
    });
    expect(await phones.texts(phone)).toEqual([]);
    const long = await core.call('POST /v1/treatments', {
      key: 'admin',
      body: { ...CONFIGURATION.treatments[0], key: 'long.sms', content: { body: 'Tea! '.repeat(40) } },
    });
    expect(long.body).toMatchObject({ estimate: { parts: 2, encoding: 'gsm-7', cost: { amount: 0.0158 } } });
    const dear = { ...CONFIGURATION.treatments[0], key: 'dear.sms', content: { body: 'Tea! '.repeat(40) } };
    const document = { ...CONFIGURATION, treatments: [...CONFIGURATION.treatments, dear] };
    const foreseen = await core.call('/v1/apply?dryRun=true', { key: 'admin', body: document });
    expect(foreseen.body['estimates']).toMatchObject([
      {
        ...{ treatment: 'dear.sms', channel: 'sms' },
        estimate: { parts: 2, encoding: 'gsm-7', cost: { amount: 0.0158, currency: 'USD' } },
      },
    ]);
    const applied = await core.call('/v1/apply', { key: 'admin', body: document });
    expect(applied.body['estimates']).toEqual(foreseen.body['estimates']);
    const unknown = await core.call('/v1/messages/preview', { body: { ...body, template: 'none' } });
    expect(unknown.body.code).toBe('MESSAGE.UNKNOWN_CONTENT');
  });

  it('is not sent any more after STOP, from the very next one, until START', async () => {
    const phone = await meet();
    await ends(await send(phone));
    expect(await phones.answer(phone, 'Stop')).toMatchObject({ error: null });
    expect(await ends(await send(phone))).toMatchObject({ status: 'suppressed' });
    // The text, the answer, and what Twilio itself says to it; nothing of ours.
    const twilio = expect.stringContaining('You have unsubscribed');
    expect(await phones.texts(phone)).toMatchObject([{ by: 'hub' }, { by: 'person' }, { text: twilio }]);
    await phones.answer(phone, 'START');
    await until('START to lift it', async () => (await ends(await send(phone))).status === 'accepted');
  });

  it('that asks in free words for no more goes before a human', async () => {
    const phone = await meet();
    await ends(await send(phone));
    await phones.answer(phone, 'please stop texting me');
    const review = await until('the review', async () => {
      const { body } = await core.call<{
        items: { address: string; text: string; looksLikeRefusal: boolean }[];
      }>('GET /v1/inbound-reviews');
      return body.items?.find(({ address }) => address === phone);
    });
    expect(review).toMatchObject({ text: 'please stop texting me', looksLikeRefusal: true });
  });

  it('to a number that is dead marks the number', async () => {
    const phone = await meet('+15005553005');
    const id = await send(phone);
    await until('the bounce', () => stands(id).then(({ progress }) => progress?.status === 'bounced'));
    expect(await ends(await send(phone))).toMatchObject({
      status: 'suppressed',
      reason: expect.stringContaining('undeliverable'),
    });
  });

  it.each([
    ['who opted out where we did not hear of it', '+15005550004', 'SMS.OPTED_OUT', 'does not want sms'],
    ['whose number is none', '+15005550001', 'SMS.ADDRESS_INVALID', 'undeliverable'],
  ])('is refused to one %s, and the next is not sent', async (_who, number, code, reason) => {
    const phone = await meet(number);
    expect(await ends(await send(phone))).toMatchObject({
      status: 'rejected',
      reason: expect.stringContaining(code),
    });
    expect(await ends(await send(phone))).toMatchObject({
      status: 'suppressed',
      reason: expect.stringContaining(reason),
    });
  });

  it('of marketing does not go to a number that nobody calls', async () => {
    const phone = await meet();
    await core.call('/v1/do-not-call', { body: { numbers: [phone] } });
    expect(await ends(await send(phone))).toMatchObject({
      status: 'suppressed',
      reason: 'the number is on the do-not-call list',
    });
    expect(await ends(await send(phone, 'transactional'))).toMatchObject({ status: 'accepted' });
  });

  it('that Twilio took and did not say so is known by its report', async () => {
    const phone = await meet();
    await phones.fail({ silentAfterAccept: 1 });
    const id = await send(phone);
    await until('the outcome', () => stands(id).then(({ status }) => status === 'accepted'));
    await phones.fail({ silentAfterAccept: 0 });
    expect(await phones.texts(phone)).toHaveLength(1);
  });

  it('with a forged report changes nothing', async () => {
    const forged = await fetch(`${phones.publicUrl}/v1/connectors/sms-twilio/webhooks/inbound`, {
      method: 'POST',
      headers: { 'x-twilio-signature': 'forged' },
      body: new URLSearchParams({ MessageSid: 'SM1', From: '+14152999999', Body: 'STOP' }),
    });
    expect(forged.status).toBe(403);
    expect(await profile('+14152999999')).not.toHaveProperty('id');
  });
});
