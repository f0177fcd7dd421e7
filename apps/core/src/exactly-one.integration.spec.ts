import { startNatsServer, type NatsServer } from '@repartee/platform/testing';
import { Fleet, type Somebody } from './testing/fleet.js';
import { TEA_BY_MAIL } from './testing/tea-by-mail.js';
import { openPostOffice, type PostOffice } from './testing/post-office.js';

/** Set it to 10000 for the long run. */
const MESSAGES = Number(process.env['EXACTLY_ONE_MESSAGES'] ?? 600);
const HOSTS = 3;
const IN_FLIGHT = 20;
const KILLS = Math.max(8, Math.round(MESSAGES / 200));
/** One in so many recipients is refused, one in so many leaves the sender without an answer. */
const [REFUSED, SILENT] = [50, 97];
const PATIENCE = 120_000 + MESSAGES * 60;

jest.setTimeout(PATIENCE * 2);

const people = Array.from({ length: MESSAGES }, (_, index): Somebody => {
  const kind = index % SILENT === 0 ? 'silent' : index % REFUSED === 0 ? 'refused' : 'person';
  return { userId: `u${index}`, traits: { email: `${kind}-${index}@example.org` } };
});

describe.each(['PostgreSQL alone', 'NATS'])(
  'three connector hosts and a core that are killed again and again, over %s',
  (bus) => {
    let nats: NatsServer | undefined;
    let office: PostOffice;
    let fleet: Fleet;

    beforeAll(async () => {
      office = await openPostOffice();
      if (bus === 'NATS') nats = await startNatsServer();
      fleet = await Fleet.start({
        connector: 'email-smtp',
        environment: { ...office.environment, ...(nats && { NATS_URL: nats.url }) },
        hosts: HOSTS,
        inFlight: IN_FLIGHT,
        configuration: TEA_BY_MAIL,
      });
    });
    afterAll(async () => {
      await fleet.stop();
      await nats?.remove();
      await office.close();
    });

    /** The server of the bus dies as well, every third time. */
    async function killNats(turn: number): Promise<void> {
      if (!nats || turn % 3 !== 2) return;
      await nats.kill();
      await nats.start();
    }

    it('send nobody two, lose none, and know what they do not know', async () => {
      await fleet.meet(people, 'email');
      await fleet.plan(people, { channel: 'email', template: 'tea' });
      await fleet.letGo();
      await fleet.storm(KILLS, killNats);
      const counts = await fleet.settle(['accepted', 'rejected', 'unknown'], PATIENCE);

      const ended = await fleet.standings('email');
      const wrong = ended.filter(({ address, status }) => {
        const taken = office.taken.get(address) ?? 0;
        if (status === 'accepted') return taken !== 1;
        if (status === 'rejected') return taken !== 0;
        return status !== 'unknown' || taken > 1;
      });
      expect(wrong).toEqual([]);
      expect(ended).toHaveLength(MESSAGES);
      expect(counts['unknown']).toBeLessThanOrEqual(KILLS * IN_FLIGHT + Math.ceil(MESSAGES / SILENT));
      // What nobody knows are few: the test would prove little otherwise.
      expect(counts['accepted']).toBeGreaterThan(MESSAGES / 2);
      process.stdout.write(`${JSON.stringify({ bus, messages: MESSAGES, kills: KILLS, ...counts })}\n`);
    });
  },
);
