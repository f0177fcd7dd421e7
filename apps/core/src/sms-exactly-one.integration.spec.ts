import { Fleet, type Somebody } from './testing/fleet.js';
import { Phones } from './testing/phones.js';

/** Set it to 10000 for the long run. */
const MESSAGES = Number(process.env['EXACTLY_ONE_MESSAGES'] ?? 600);
const KILLS = Math.max(8, Math.round(MESSAGES / 200));
/** One in so many has a number that Twilio refuses. */
const REFUSED = 50;
const PATIENCE = 120_000 + MESSAGES * 60;

jest.setTimeout(PATIENCE * 2);

const people = Array.from({ length: MESSAGES }, (_, index): Somebody => {
  const phone =
    index % REFUSED === 0
      ? `+1500555${1000 + index / REFUSED}`
      : `+1415${String(3_000_000 + index).padStart(7, '0')}`;
  return { userId: `u${index}`, traits: { phone, name: `No ${index}` } };
});

describe('Twilio that times out after it took texts, under hosts and a core that are killed again and again', () => {
  let phones: Phones;
  let fleet: Fleet;

  beforeAll(async () => {
    phones = await Phones.open(20);
    fleet = await Fleet.start({
      connector: 'sms-twilio',
      environment: { ...phones.environment, SMS_TWILIO_ABSENT_AFTER: '0.15' },
      hosts: 3,
      inFlight: 20,
      configuration: {
        version: 1,
        zones: [{ key: 'sms.main', channel: 'sms' }],
        offers: [{ key: 'tea', name: 'Tea', value: 1 }],
        treatments: [
          {
            key: 'tea',
            offer: 'tea',
            channel: 'sms',
            zones: ['sms.main'],
            content: { body: 'Tea for {{ profile.traits.name }}' },
          },
        ],
      },
    });
    phones.core = fleet.url;
    await phones.fail({
      silentAfterAccept: 0.03,
      hang: 0.01,
      serverError: 0.01,
      tooMany: 0.03,
      duplicateCallbacks: 0.2,
      lateCallbacks: 0.2,
      lostCallbacks: 0.5,
    });
  });
  afterAll(async () => {
    await fleet.stop();
    await phones.close();
  });

  it('get each person one text, and nothing stays unknown', async () => {
    await fleet.meet(people, 'phone');
    await fleet.plan(people, { channel: 'sms', template: 'tea' });
    await fleet.letGo();
    await fleet.storm(KILLS);
    const counts = await fleet.settle(['accepted', 'rejected'], PATIENCE);

    const taken = await phones.counts();
    const ended = await fleet.standings('phone');
    const wrong = ended.filter(
      ({ address, status }) => (taken.get(address) ?? 0) !== (status === 'accepted' ? 1 : 0),
    );
    expect(wrong).toEqual([]);
    expect(ended).toHaveLength(MESSAGES);
    expect(counts).toEqual({
      accepted: MESSAGES - Math.ceil(MESSAGES / REFUSED),
      rejected: Math.ceil(MESSAGES / REFUSED),
    });
    const [asked] = await fleet.query<{ unknown: number; absent: number }>(
      `SELECT count(*) FILTER (WHERE looks > 0)::int AS unknown,
         count(*) FILTER (WHERE outcome->>'code' = 'SMS.NEVER_MADE')::int AS absent FROM delivery_attempt`,
    );
    // Without them the test would prove little.
    expect(asked?.unknown).toBeGreaterThan(0);
    process.stdout.write(`${JSON.stringify({ messages: MESSAGES, kills: KILLS, ...counts, ...asked })}\n`);
  });
});
