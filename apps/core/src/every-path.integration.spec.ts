import { rejected } from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';
import { MessageTokens } from '@repartee/delivery';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { pager, PAGER_ENVIRONMENT, PAGER_KEY, report } from './testing/pager.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const HOUR = 3_600_000;
const SHOP = {
  version: 1,
  zones: [
    { key: 'pager.main', channel: 'pager' },
    { key: 'pager.again', channel: 'pager' },
  ],
  offers: [
    { key: 'tea', name: 'Tea', value: 1 },
    { key: 'cocoa', name: 'Cocoa', value: 1, eligibility: 'profile.traits.cold == true' },
    { key: 'ice', name: 'Ice', value: 1, eligibility: 'profile.traits.cold == false' },
  ],
  treatments: [
    { key: 'tea.page', offer: 'tea', channel: 'pager', zones: ['pager.main'], content: { text: 'Tea?' } },
    {
      key: 'cocoa.page',
      offer: 'cocoa',
      channel: 'pager',
      zones: ['pager.again'],
      content: { text: 'Cocoa?' },
    },
    { key: 'ice.page', offer: 'ice', channel: 'pager', zones: ['pager.again'], content: { text: 'Ice?' } },
  ],
  reactions: [
    { key: 'hello', on: { event: 'Signed Up' }, action: { channel: 'pager', zone: 'pager.main' } },
    { key: 'weather', on: { event: 'Went Out' }, action: { channel: 'pager', zone: 'pager.again' } },
  ],
};
const PAUSE = { key: 'admin', body: { scope: 'channel', key: 'pager' } } as const;

interface Person {
  id: string;
  userId: string;
  phone: string;
}
type Stop = (person: Person) => Promise<unknown>;
interface Delivery {
  status: string;
  attempts: number;
  offer: string | null;
  reason: string | null;
}

let next = 0;

/** Whatever leads to a send goes through the one gate: what stops it holds from the next send on, on every path there is. */
describe.each(['in its own process', 'over the bus'])('with the connector in the core or %s', (where) => {
  const remote = where === 'over the bus';
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  let core: CoreUnderTest;
  let answer: ((address: string) => Promise<Outcome | undefined>) | undefined;
  const provider = pager(async ({ address }) => (await answer?.(address)) ?? { status: 'accepted' });
  const second = pager(undefined, 'pager-b');

  beforeAll(async () => {
    core = await startCore({
      clock,
      connectors: [provider.connector, second.connector],
      environment: {
        ...PAGER_ENVIRONMENT,
        PAGER_B_KEY: PAGER_KEY,
        PAGER_B_SENDER: '+14155550198',
        CONNECTOR_ORDER: 'pager,pager-b',
        ...(remote && { CONNECTORS_REMOTE: 'pager:10,pager-b:10' }),
      },
    });
    await apply(core, SHOP);
  });
  afterAll(() => core.stop());
  beforeEach(() => (answer = undefined));

  async function meet(): Promise<Person> {
    next += 1;
    const [userId, phone] = [`p${next}`, `+1415555${1000 + next}`];
    const { profileId } = await visibly(core.call, '/v1/identify', { userId, traits: { phone } });
    return { id: profileId, userId, phone };
  }
  const send = ({ userId }: Person, more: object = {}) =>
    core.call('/v1/messages', {
      body: { identifiers: { userId }, channel: 'pager', template: 'tea.page', class: 'marketing', ...more },
    });
  const deliveriesTo = ({ id }: Person) =>
    core.database.query<Delivery>(
      'SELECT status, attempts, offer, reason FROM delivery WHERE profile_id = $1',
      [id],
    );
  const one = async (person: Person, wanted: (delivery: Delivery) => boolean) =>
    until('the delivery', async () => (await deliveriesTo(person)).find(wanted));

  const stops: Record<string, Stop> = {
    STOP: ({ phone }) => report(core, [{ kind: 'opt-out', address: phone, text: 'STOP' }]),
    'a one-click unsubscribe': ({ id }) => {
      const token = core.app
        .get(MessageTokens, { strict: false })
        .seal({ deliveryId: newId(), profileId: id, channel: 'pager' });
      return core.follow(`${core.url}/u/${token}`, {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      });
    },
    'a hard bounce': ({ phone }) =>
      report(core, [{ kind: 'receipt', status: 'bounced', permanent: true, address: phone }]),
    'a pause': () => core.call('/v1/outbound/pause', PAUSE),
  };

  /** What leads to a send, with the stop right before it. @returns attempts that were made before the stop */
  const paths: Record<string, (person: Person, stop: Stop) => Promise<number>> = {
    'a message': async (person, stop) => {
      await stop(person);
      await send(person);
      return 0;
    },
    'a message for later': async (person, stop) => {
      await send(person, { sendAt: new Date(clock.now() + HOUR).toISOString() });
      await stop(person);
      clock.advance(HOUR);
      return 0;
    },
    'a message that waited for a pause to end': async (person, stop) => {
      const campaign = { key: 'admin', body: { scope: 'campaign', key: 'message' } } as const;
      await core.call('/v1/outbound/pause', campaign);
      await send(person);
      await stop(person);
      await core.call('/v1/outbound/resume', campaign);
      return 0;
    },
    'a reaction': async (person, stop) => {
      await stop(person);
      await core.call('/v1/track', { body: { userId: person.userId, event: 'Signed Up' } });
      return 0;
    },
  };
  const outbound = (verb: 'pause' | 'resume', scope: string, key: string) =>
    core.call(`/v1/outbound/${verb}`, { key: 'admin', body: { scope, key } });
  /** What was to be said no longer fits when the person may be written to again: something else is decided. */
  const again = {
    'what was decided again': async (person: Person, stop: Stop) => {
      const { userId } = person;
      await visibly(core.call, '/v1/identify', { userId, traits: { cold: true } });
      await outbound('pause', 'campaign', 'reaction:weather');
      await core.call('/v1/track', { body: { userId, event: 'Went Out' } });
      await one(person, ({ offer, status }) => offer === 'cocoa' && status === 'planned');
      await visibly(core.call, '/v1/identify', { userId, traits: { cold: false } });
      await outbound('pause', 'offer', 'ice');
      await outbound('resume', 'campaign', 'reaction:weather');
      await one(person, ({ offer, reason }) => offer === 'ice' && reason?.startsWith('paused') === true);
      await stop(person);
      await outbound('resume', 'offer', 'ice');
      clock.advance(HOUR);
      return 0;
    },
  };
  /** What only shows where somebody answers. */
  const answered: typeof paths = {
    'another try': async (person, stop) => {
      const later = rejected('BUSY', { retryable: true, retryAfter: 600 });
      answer = async () => later;
      await core.call('/v1/outbound/pause', { key: 'admin', body: { scope: 'connector', key: 'pager-b' } });
      await send(person);
      await one(person, ({ status, attempts }) => status === 'planned' && attempts === 1);
      answer = undefined;
      await stop(person);
      await core.call('/v1/outbound/resume', { key: 'admin', body: { scope: 'connector', key: 'pager-b' } });
      clock.advance(HOUR);
      return 1;
    },
    'a failover': async (person, stop) => {
      answer = async () => {
        await stop(person);
        return rejected('BROKEN', { retryable: true });
      };
      await send(person);
      await one(person, ({ attempts }) => attempts === 1);
      return 1;
    },
  };
  const cases = Object.entries({ ...paths, ...again, ...(remote ? {} : answered) }).flatMap(([path, run]) =>
    Object.entries(stops).map(([name, stop]) => [path, name, run, stop] as const),
  );

  it.each(cases)('%s heeds %s', async (path, name, run, stop) => {
    const person = await meet();
    const made = await run(person, stop);
    // Cocoa is what was not said in the end.
    const over = ({ status, attempts, offer }: Delivery) =>
      offer !== 'cocoa' && (attempts > made || status === 'suppressed');
    if (name !== 'a pause') {
      // A reaction may find out by itself that there is nothing to say to somebody who said no.
      const ended = path === 'a reaction' ? await reacted(person, over) : await one(person, over);
      expect(ended).toMatchObject({ status: 'suppressed', attempts: made });
      return;
    }
    const waits = await one(person, ({ status }) => status === 'planned');
    expect(waits.attempts).toBe(made);
    await core.call('/v1/outbound/resume', PAUSE);
    await one(person, ({ attempts }) => attempts > made);
  });

  const NOTHING: Delivery = { status: 'suppressed', attempts: 0, offer: null, reason: null };
  async function reacted(person: Person, over: (delivery: Delivery) => boolean): Promise<Delivery> {
    return until('the reaction', async () => {
      const found = (await deliveriesTo(person)).find(over);
      if (found) return found;
      const [waiting] = await core.database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM bus_message WHERE type = 'reaction.due'`,
      );
      const handled = (
        await core.call<{ items: { kind: string }[] }>(`GET /v1/profiles/${person.id}/timeline`)
      ).body.items.some(({ kind }) => kind === 'event');
      return handled && waiting?.n === 0 && (await deliveriesTo(person)).length === 0 ? NOTHING : undefined;
    });
  }
});
