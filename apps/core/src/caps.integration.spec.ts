import type { DecidedOffer, DecisionResponse } from '@repartee/contracts';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const MINUTE = 60_000;
const OFFERS = { voucher: 100, mug: 50, sticker: 1 };
const SHOP = {
  version: 1,
  prune: true,
  zones: [
    { key: 'home.hero', channel: 'web' },
    { key: 'email.main', channel: 'email' },
  ],
  offers: Object.entries(OFFERS).map(([key, value]) => ({
    key,
    name: key,
    value,
    currency: 'USD',
    cost: 2.5,
  })),
  treatments: Object.keys(OFFERS).flatMap((offer) => [
    { key: `${offer}.hero`, offer, channel: 'web', zones: ['home.hero'], content: { headline: offer } },
    {
      key: `${offer}.mail`,
      offer,
      channel: 'email',
      zones: ['email.main'],
      content: { subject: offer, html: `<p>${offer}</p>` },
    },
  ]),
  reactions: [{ key: 'greet', on: { event: 'Greeted' }, action: { channel: 'email', zone: 'email.main' } }],
};

describe('hard caps', () => {
  let core: CoreUnderTest;
  let mailbox: Mailbox;
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  const cap = (policy: object) =>
    apply(core, { ...SHOP, policies: [{ key: 'few', type: 'cap', of: { offers: ['voucher'] }, ...policy }] });
  const ask = async (who: object, more: object = {}) => {
    const { body, status, text } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: who, channel: 'web', zones: [{ zone: 'home.hero' }], explain: true, ...more },
    });
    if (status !== 200) throw new Error(text);
    return body;
  };
  const offered = async (who: object, more: object = {}): Promise<DecidedOffer> => {
    const offer = (await ask(who, more)).zones[0]?.offers[0];
    if (!offer) throw new Error('nothing was offered');
    return offer;
  };
  const somebody = () => ({ anonymousId: newId() });
  const keys = async (times: number, more: object = {}) => {
    const found = [];
    for (let asked = 0; asked < times; asked += 1) found.push((await offered(somebody(), more)).offer);
    return found;
  };
  const respond = (offer: DecidedOffer, type: string) =>
    core.call('/v1/responses', { body: { responseId: newId(), token: offer.token, type } });

  beforeAll(async () => {
    mailbox = await openMailbox();
    core = await startCore({ clock, environment: mailbox.environment });
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
  });
  beforeEach(() => core.database.query('TRUNCATE cap_counter, cap_reservation'));

  it('let the next best move up, and say why', async () => {
    await cap({ limit: 2 });
    expect(await keys(3)).toEqual(['voucher', 'voucher', 'mug']);
    const decision = await ask(somebody());
    expect(decision.explanation).toMatchObject({
      candidates: expect.arrayContaining([
        { offer: 'voucher', shown: false, rule: 'cap-reached', reason: 'No more of it may be offered: few.' },
      ]),
    });
    const { body: receipt } = await core.call<Record<string, unknown>>(
      `GET /v1/decisions/${decision.decisionId}`,
    );
    expect(receipt['candidates']).toContainEqual(
      expect.objectContaining({ offer: 'voucher', dropped: 'cap-reached', detail: 'few' }),
    );
  });

  it('are confirmed by a display and given back when there was none, or nobody was heard of', async () => {
    await cap({ limit: 1 });
    const absent = await offered(somebody());
    await respond(absent, 'not_presented');
    const forgotten = await offered(somebody());
    expect(forgotten.offer).toBe('voucher');
    expect(await keys(1)).toEqual(['mug']);
    clock.advance(15 * MINUTE);
    const shown = await offered(somebody());
    expect(shown.offer).toBe('voucher');
    await respond(shown, 'impression');
    await respond(shown, 'not_presented');
    clock.advance(60 * MINUTE);
    expect(await keys(1)).toEqual(['mug']);
    expect((await respond(forgotten, 'impression')).status).toBe(200);
    const [counter] = await core.database.query('SELECT used FROM cap_counter');
    expect(counter).toEqual({ used: '1' });
  });

  it('keep room for as long as the policy or a prefetch says', async () => {
    await cap({ limit: 1, hold: '1m' });
    await offered(somebody());
    clock.advance(MINUTE);
    await offered(somebody(), { prefetch: { holdFor: '5m' } });
    clock.advance(4 * MINUTE);
    expect(await keys(1)).toEqual(['mug']);
    clock.advance(MINUTE);
    expect(await keys(1)).toEqual(['voucher']);
  });

  it('count by person, channel, period and property, each for itself', async () => {
    await cap({ limit: 1, each: ['person'] });
    const [ann, ben] = [somebody(), somebody()];
    const first = await offered(ann);
    expect([first.offer, (await offered(ann)).offer, (await offered(ben)).offer]).toEqual([
      'voucher',
      'mug',
      'voucher',
    ]);
    await cap({ limit: 1, property: 'context.store' });
    const inStore = (store: string) => ({ context: { store } });
    await core.database.query('TRUNCATE cap_counter, cap_reservation');
    expect(await keys(2, inStore('Graz'))).toEqual(['voucher', 'mug']);
    expect(await keys(2, inStore('Wien'))).toEqual(['voucher', 'mug']);
    await cap({ limit: 1, period: 'day', timeZone: 'Europe/Vienna' });
    await core.database.query('TRUNCATE cap_counter, cap_reservation');
    clock.set(Date.UTC(2026, 4, 3, 21, 59));
    await respond(await offered(somebody()), 'impression');
    expect(await keys(1)).toEqual(['mug']);
    clock.advance(MINUTE);
    expect(await keys(1)).toEqual(['voucher']);
    await cap({ limit: 0, channels: ['email'] });
    expect(await keys(1)).toEqual(['voucher']);
  });

  it('stay a person’s when the device turns out to be theirs', async () => {
    await cap({ limit: 1, each: ['person'] });
    const device = somebody();
    const shown = await offered(device);
    await visibly(core.call, '/v1/responses', {
      responseId: newId(),
      token: shown.token,
      type: 'impression',
    });
    await visibly(core.call, '/v1/identify', { ...device, userId: `owner-${newId()}` });
    expect((await offered(device)).offer).toBe('mug');
  });

  it('spend no more than a budget', async () => {
    await cap({ budget: { amount: 5, currency: 'USD' } });
    expect(await keys(3)).toEqual(['voucher', 'voucher', 'mug']);
  });

  it('hold for all offers under them, so that none of them moves up', async () => {
    await cap({ limit: 1, of: { offers: ['voucher', 'mug'] } });
    expect(await keys(2)).toEqual(['voucher', 'sticker']);
    const { zones } = await ask(somebody(), { zones: [{ zone: 'home.hero', count: 3 }] });
    expect(zones[0]?.offers.map(({ offer }) => offer)).toEqual(['sticker']);
  });

  it('hold for what is sent: given back when it cannot be, and asked again at the door', async () => {
    await cap({ limit: 1 });
    const greet = async (userId: string, traits: object) => {
      await visibly(core.call, '/v1/identify', { userId, traits });
      await visibly(core.call, '/v1/track', { userId, event: 'Greeted' });
    };
    const delivery = (userId: string) =>
      until('the delivery', async () => {
        const { body } = await core.call<{ items: { status: string; offer: string }[] }>(
          `GET /v1/deliveries?profile=user_id:${userId}`,
        );
        const open = body.items.some(({ status }) => ['planned', 'sending'].includes(status));
        return body.items.length > 0 && !open && body.items.map(({ offer, status }) => `${offer} ${status}`);
      });
    await greet('nowhere', {});
    expect(await delivery('nowhere')).toEqual(['voucher rejected']);
    await greet('first', { email: 'first@example.org' });
    expect(await delivery('first')).toEqual(['voucher accepted']);
    await greet('second', { email: 'second@example.org' });
    expect(await delivery('second')).toEqual(['mug accepted']);
    const { body } = await core.call<{ deliveryId: string }>('/v1/messages', {
      body: { identifiers: { userId: 'second' }, channel: 'email', offer: 'voucher', class: 'marketing' },
    });
    await until('the next best instead', async () => (await delivery('second')).length > 2);
    expect(
      (await core.call<{ status: string; reason: string }>(`GET /v1/deliveries/${body.deliveryId}`)).body,
    ).toMatchObject({
      status: 'expired',
      reason: 'no more of it may be sent: few',
    });
    const [counter] = await core.database.query('SELECT used FROM cap_counter');
    expect(counter).toEqual({ used: '1' });
  });

  it('have a softer sister that counts what was sent', async () => {
    const sent = {
      key: 'one-a-week',
      type: 'contact',
      outcomes: ['sent'],
      count: 1,
      within: '7d',
      suppress: 'channel',
    };
    await apply(core, { ...SHOP, policies: [sent] });
    const userId = newId();
    await visibly(core.call, '/v1/identify', { userId, traits: { email: `${userId}@example.org` } });
    await visibly(core.call, '/v1/track', { userId, event: 'Greeted' });
    const inMail = { identifiers: { userId }, channel: 'email', zones: [{ zone: 'email.main' }] };
    await until('the mail to count', async () => {
      const { body } = await core.call<DecisionResponse>('/v1/decisions', { body: inMail });
      return body.zones[0]?.offers.length === 0;
    });
    expect((await offered({ userId })).offer).toBe('voucher');
    clock.advance(7 * 24 * 60 * MINUTE);
    const { body } = await core.call<DecisionResponse>('/v1/decisions', { body: inMail });
    expect(body.zones[0]?.offers[0]?.offer).toBe('voucher');
  });

  it('are refused where they make no sense', async () => {
    const refused = async (policy: object) => {
      const answer = await core.call('/v1/apply', {
        key: 'admin',
        body: { ...SHOP, policies: [{ key: 'few', type: 'cap', ...policy }] },
      });
      return answer.body.errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
    };
    expect(await refused({ limit: 1, budget: { amount: 1, currency: 'USD' } })).toEqual([
      '#/policies/0/limit either a limit or a budget',
    ]);
    expect(await refused({ budget: { amount: 1, currency: 'EUR' }, of: { offers: ['mug'] } })).toEqual([
      '#/policies/0/budget the offer mug costs USD',
    ]);
    expect(await refused({ limit: 1, timeZone: 'Mars/Olympus' })).toEqual([
      '#/policies/0/timeZone must be a time zone as Europe/Vienna',
    ]);
  });
});
