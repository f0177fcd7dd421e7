import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { Phones } from './testing/phones.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

interface Visit {
  id: string;
  anonymousId: string;
  token: string;
  phone: string;
  known: boolean;
  code?: string;
  triesLeft?: number;
}
const CATALOGUE = {
  version: 1,
  zones: [
    { key: 'kiosk.main', channel: 'kiosk' },
    { key: 'sms.codes', channel: 'sms' },
  ],
  offers: [
    { key: 'tea', name: 'Tea', value: 5, repeatable: true },
    { key: 'code', name: 'Code', value: 1 },
  ],
  treatments: [
    {
      ...{ key: 'tea.kiosk', offer: 'tea', channel: 'kiosk', zones: ['kiosk.main'] },
      content: { headline: 'Tea, {{ profile.traits.firstName | default: "stranger" }}?' },
    },
    ...['', '.th'].map((language) => ({
      ...{ key: `kiosk.code${language}`, offer: 'code', channel: 'sms', zones: ['sms.codes'] },
      content: { body: `${language === '' ? 'Your code is' : 'รหัสของคุณคือ'} {{ data.code }}` },
    })),
  ],
};

describe('a number that a visitor of a kiosk proves', () => {
  let phones: Phones;
  let core: CoreUnderTest;
  let device: { bearer: string };
  let people = 0;
  const clock = new ManualClock(Date.parse('2027-03-01T15:00:00Z'));

  beforeAll(async () => {
    phones = await Phones.open();
    core = await startCore({ clock, environment: phones.environment });
    phones.core = core.url;
    await apply(core, CATALOGUE);
    const { body } = await core.call<{ code: string; pollToken: string }>('/v1/devices/pairings', {
      key: null,
    });
    await core.call(`/v1/devices/pairings/${body.code}/approve`, {
      key: 'admin',
      body: { name: 'Lobby', place: 'Hall', zones: ['kiosk.main'], idleSeconds: 600 },
    });
    const key = { bearer: body.pollToken };
    const polled = await core.call<{ credential: string }>('/v1/devices/pairings/poll', { key });
    device = { bearer: polled.body.credential };
  });
  afterAll(async () => {
    await core.stop();
    await phones.close();
  });
  // Codes from one device are counted over an hour.
  beforeEach(() => clock.advance(3_700_000));

  const newNumber = () => `+14153${String((people += 1)).padStart(6, '0')}`;
  const begin = (phone: string, more: object = {}) =>
    core.call<Visit>('/v1/devices/me/visits', { key: device, body: { by: 'phone', phone, ...more } });
  const prove = ({ id, phone }: Visit, code: string) =>
    core.call<Visit>(`/v1/devices/me/visits/${id}/proof`, { key: device, body: { phone, code } });
  const codeOn = (phone: string, number = 1) =>
    until(`text ${number}`, async () => {
      const texts = await phones.texts(phone);
      return texts.length >= number && /\d{6}$/.exec(texts.at(-1)?.text ?? '')?.[0];
    });
  const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  const headline = async ({ anonymousId, token }: Visit) =>
    (
      await core.call('/v1/decisions', {
        key: { bearer: token },
        body: { identifiers: { anonymousId }, channel: 'kiosk', zones: [{ zone: 'kiosk.main' }] },
      })
    ).text;

  it('shows what is known of its owner, and not before', async () => {
    const phone = newNumber();
    const second = newNumber();
    await visibly(core.call, '/v1/identify', { userId: 'ann', traits: { phone: second, firstName: 'Ann' } });
    await visibly(core.call, '/v1/identify', { userId: 'ann', traits: { phone } });
    const { body: visit } = await begin(phone.replace('+1415', '+1 (415) '));
    expect(visit).toMatchObject({ phone, known: false });
    const code = await codeOn(phone);
    // To the number that was typed, and to no other of hers.
    expect(await phones.texts(second)).toEqual([]);
    expect(await headline(visit)).toContain('stranger');
    const { body: known } = await prove(visit, code);
    expect(known).toMatchObject({ known: true, anonymousId: visit.anonymousId });
    expect(await headline(known)).toContain('Tea, Ann?');
    expect((await prove(visit, code)).body.code).toBe('KIOSK.CODE_OVER');
  });

  it('is a stranger’s as well; the answer is the same', async () => {
    const phone = newNumber();
    const { status, body: visit } = await begin(phone, { language: 'th' });
    expect([status, Object.keys(visit).sort()]).toEqual([
      201,
      ['anonymousId', 'id', 'idleAt', 'known', 'now', 'phone', 'token'],
    ]);
    const code = await codeOn(phone);
    expect((await phones.texts(phone))[0]?.text).toContain('รหัส');
    expect((await prove(visit, code)).body.known).toBe(true);
    const profile = await core.call('/v1/profiles/lookup', { body: { identifiers: { phone } } });
    expect(profile.text).toMatch(/"namespace":"phone"[^}]*"verified":true/);
  });

  it('takes five tries and no more, and no code of an earlier text', async () => {
    const phone = newNumber();
    const { body: first } = await begin(phone);
    const early = await codeOn(phone);
    const { body: visit } = await begin(phone);
    const code = await codeOn(phone, 2);
    expect((await prove(first, early)).body.code).toBe('KIOSK.VISIT_ENDED');
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect((await prove(visit, wrong(code))).body).toMatchObject({ code: 'KIOSK.WRONG_CODE', triesLeft });
    expect((await prove(visit, code)).body.code).toBe('KIOSK.CODE_OVER');
  });

  it('cannot be proved late, with another number, or by five guesses at once', async () => {
    const phone = newNumber();
    const { body: visit } = await begin(phone);
    const code = await codeOn(phone);
    expect((await prove({ ...visit, phone: newNumber() }, code)).body.code).toBe('KIOSK.WRONG_CODE');
    const guesses = await Promise.all(Array.from({ length: 12 }, () => prove(visit, wrong(code))));
    expect(guesses.filter(({ body }) => body.code === 'KIOSK.WRONG_CODE')).toHaveLength(4);
    const late = newNumber();
    const { body: next } = await begin(late);
    const lateCode = await codeOn(late);
    clock.advance(5 * 60_000);
    expect((await prove(next, lateCode)).body.code).toBe('KIOSK.CODE_OVER');
  });

  it('gets three texts an hour, and none once it wants none', async () => {
    const phone = newNumber();
    const texts = async () => (await phones.texts(phone)).filter(({ by }) => by === 'hub').length;
    for (const number of [1, 2, 3]) {
      expect((await begin(phone)).status).toBe(201);
      await codeOn(phone, number);
    }
    const fourth = await begin(phone);
    expect([fourth.status, fourth.body.code]).toEqual([429, 'KIOSK.TOO_MANY_CODES']);
    clock.advance(3_700_000);
    await phones.answer(phone, 'STOP');
    const before = await texts();
    // The answer is the same, and nothing is sent.
    expect((await begin(phone)).status).toBe(201);
    await until('the delivery to be held back', async () => {
      const rows = await core.database.query<{ status: string }>(
        `SELECT status FROM delivery WHERE address = $1 ORDER BY created_at DESC LIMIT 1`,
        [phone],
      );
      return ['suppressed', 'rejected'].includes(rows[0]?.status ?? '');
    });
    expect(await texts()).toBe(before);
  });

  it.each(['12', 'ann@example.org', '+999'])('is refused where it is none: %s', async (phone) => {
    const { status } = await begin(phone);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});
