import { apply } from './testing/apply.js';
import { type CoreProcess, freePort, startCoreProcess } from './testing/core-process.js';
import { type HostProcess, startHostProcess } from './testing/host-process.js';
import { openPostOffice, type PostOffice } from './testing/post-office.js';
import { createPlace, type Place } from './testing/start-core.js';
import { until } from './testing/visibly.js';
import { TEA_BY_MAIL } from './testing/tea-by-mail.js';

/** Set it to 10000 for the long run. */
const MESSAGES = Number(process.env['EXACTLY_ONE_MESSAGES'] ?? 1000);
const HOSTS = 3;
const IN_FLIGHT = 20;
const KILLS = Math.max(8, Math.round(MESSAGES / 200));
/** One in so many recipients is refused, one in so many leaves the sender without an answer. */
const [REFUSED, SILENT] = [50, 97];

jest.setTimeout(120_000 + MESSAGES * 60);

interface Row {
  address: string;
  status: string;
}

const addressOf = (index: number) => {
  const kind = index % SILENT === 0 ? 'silent' : index % REFUSED === 0 ? 'refused' : 'person';
  return `${kind}-${index}@example.org`;
};

describe('three connector hosts and a core that are killed again and again', () => {
  let place: Place;
  let office: PostOffice;
  let core: CoreProcess;
  let environment: Record<string, string>;
  const hosts: HostProcess[] = [];
  const startHost = () =>
    startHostProcess('email-smtp', { DATABASE_URL: place.database.url, ...office.environment });

  beforeAll(async () => {
    [place, office] = await Promise.all([createPlace(), openPostOffice()]);
    environment = {
      PORT: String(await freePort()),
      DATA_DIR: place.dataDir,
      DATABASE_URL: place.database.url,
      CONNECTORS_REMOTE: `email-smtp:${IN_FLIGHT}`,
    };
    core = await startCoreProcess(environment);
    await apply(core, TEA_BY_MAIL);
    hosts.push(...(await Promise.all(Array.from({ length: HOSTS }, startHost))));
  });
  afterAll(async () => {
    await Promise.all([core.kill(), ...hosts.map((host) => host.kill())]);
    await office.close();
    await place.remove();
  });

  const rows = () =>
    place.database.database.query<Row>(
      `SELECT i.value AS address, d.status FROM delivery d
       JOIN identifier i ON i.profile_id = d.profile_id AND i.namespace = 'email'`,
    );

  async function plan(): Promise<void> {
    const people = Array.from({ length: MESSAGES }, (_, index) => index);
    for (let from = 0; from < MESSAGES; from += 500)
      await core.call('/v1/batch', {
        body: {
          batch: people.slice(from, from + 500).map((index) => ({
            type: 'identify',
            userId: `u${index}`,
            traits: { email: addressOf(index) },
          })),
        },
      });
    const known = `SELECT count(*)::int AS n FROM identifier WHERE namespace = 'email'`;
    await until('the people', async () => {
      const [row] = await place.database.database.query<{ n: number }>(known);
      return row?.n === MESSAGES;
    });
    await core.call('/v1/outbound/pause', { key: 'admin', body: { scope: 'all' } });
    const send = async (index: number) => {
      const { status } = await core.call('/v1/messages', {
        body: {
          identifiers: { userId: `u${index}` },
          channel: 'email',
          template: 'tea',
          class: 'transactional',
        },
      });
      expect(status).toBe(202);
    };
    for (let from = 0; from < MESSAGES; from += 50)
      await Promise.all(people.slice(from, from + 50).map(send));
  }

  /** Kills somebody, and starts another in their place */
  async function killOne(turn: number): Promise<void> {
    if (turn % 4 === 3) {
      await core.kill();
      core = await startCoreProcess(environment);
      return;
    }
    const [victim] = hosts.splice(turn % HOSTS, 1);
    await victim?.kill();
    hosts.push(await startHost());
  }

  /** What died holds its leases and its attempts for a while: here that time is over. */
  async function timePasses(): Promise<void> {
    const { database } = place.database;
    await database.query(
      `UPDATE bus_message SET leased_until = clock_timestamp() WHERE lease IS NOT NULL AND type LIKE 'connector.%'`,
    );
    await database.query(
      `UPDATE delivery_attempt SET look_at = clock_timestamp()
       WHERE finished_at IS NULL AND look_at < clock_timestamp() + interval '20 min'`,
    );
    await database.query(`UPDATE delivery SET due_at = send_at WHERE status = 'planned'`);
  }

  it('send nobody two, lose none, and know what they do not know', async () => {
    await plan();
    await core.call('/v1/outbound/resume', { key: 'admin', body: { scope: 'all' } });
    for (let turn = 0; turn < KILLS; turn += 1) {
      const before = office.taken.size;
      await until('some mails', async () => {
        const waiting = (await rows()).some(({ status }) => status === 'planned');
        return office.taken.size >= before + MESSAGES / KILLS / 2 || !waiting;
      });
      await killOne(turn);
      await timePasses();
    }
    await until(
      'the end of all',
      async () => {
        await timePasses();
        return (await rows()).every(({ status }) => status !== 'planned' && status !== 'sending');
      },
      100_000,
    );

    const ended = await rows();
    const counts = { accepted: 0, rejected: 0, unknown: 0 };
    const wrong = ended.filter(({ address, status }) => {
      const taken = office.taken.get(address) ?? 0;
      counts[status as keyof typeof counts] += 1;
      if (status === 'accepted') return taken !== 1;
      if (status === 'rejected') return taken !== 0;
      return status !== 'unknown' || taken > 1;
    });
    expect(wrong).toEqual([]);
    expect(ended).toHaveLength(MESSAGES);
    expect(counts.accepted + counts.rejected + counts.unknown).toBe(MESSAGES);
    expect(counts.unknown).toBeLessThanOrEqual(KILLS * IN_FLIGHT + Math.ceil(MESSAGES / SILENT));
    // What nobody knows are few: the test would prove little otherwise.
    expect(counts.accepted).toBeGreaterThan(MESSAGES / 2);
    process.stdout.write(`${JSON.stringify({ messages: MESSAGES, kills: KILLS, ...counts })}\n`);
  });
});
