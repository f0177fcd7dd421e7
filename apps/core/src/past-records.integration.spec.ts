import { PastRecords } from '@repartee/orchestration';
import { Profiles } from '@repartee/profile';
import type { GoldenRecord } from '@repartee/profile/domain';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

const HOUR = 3_600_000;

describe('a golden record of the past', () => {
  const clock = new ManualClock();
  let core: CoreUnderTest;
  let sent = 0;
  const seen: { record: GoldenRecord; at: number }[] = [];
  const said = (type: string, who: object, more: object, hoursAgo = 0) => ({
    type,
    ...who,
    ...more,
    messageId: `past-${(sent += 1)}`,
    timestamp: new Date(clock.now() - hoursAgo * HOUR).toISOString(),
  });
  const bought = (order: string, total: number) => ({
    event: 'Order Completed',
    properties: { order_id: order, total, currency: 'USD' },
  });
  const send = (...batch: object[]) => visibly(core.call, '/v1/batch', { batch });
  const stored = async (reference: { namespace: string; value: string }) => {
    const found = await core.app.get(Profiles, { strict: false }).findByIdentifier(reference);
    return structuredClone(found!.record);
  };
  const look = async () =>
    seen.push({ record: await stored({ namespace: 'user_id', value: 'eve' }), at: clock.now() });
  const then = ({ record, at }: (typeof seen)[number]) => {
    const moment = { profileId: record.id, version: record.version, known: true, at };
    return core.app.get(PastRecords, { strict: false }).record(moment);
  };
  const withoutIdentifiers = ({ identifiers: _, claims: __, ...record }: GoldenRecord) => ({
    ...record,
    family: [...record.family].sort(),
  });

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, {
      version: 1,
      zones: [{ key: 'home', channel: 'web' }],
      offers: [{ key: 'tea', name: 'Tea', value: 3 }],
      treatments: [
        { key: 'tea-web', offer: 'tea', channel: 'web', zones: ['home'], content: { headline: 'Tea' } },
      ],
    });
  });
  afterAll(() => core.stop());

  it('is put together again at every version, late events and responses among them', async () => {
    const eve = { userId: 'eve', anonymousId: 'phone-of-eve' };
    await send(said('identify', eve, { traits: { city: 'Bern', email: 'eve@example.org' } }));
    await look();
    await send(said('track', eve, bought('o1', 20)), said('track', eve, { event: 'Song Played' }));
    await look();
    await send(
      said('track', eve, bought('o2', 7.5), 5),
      said('identify', eve, { traits: { city: 'Basel' } }, 9),
    );
    await look();
    const { body } = await core.call<{ zones: { offers: { token: string }[] }[] }>('/v1/decisions', {
      body: { identifiers: { userId: 'eve' }, channel: 'web', zones: [{ zone: 'home' }] },
    });
    const token = body.zones[0]!.offers[0]!.token;
    await visibly(core.call, '/v1/responses', { responseId: 'r1', token, type: 'click' });
    await look();
    await send(said('track', eve, { event: 'Order Refunded', properties: { order_id: 'o1', total: 5 } }));
    await look();
    expect(new Set(seen.map(({ record }) => record.version)).size).toBe(5);
    for (const one of seen) {
      const again = await then(one);
      expect(again.ok && withoutIdentifiers(again.value)).toEqual(withoutIdentifiers(one.record));
    }
  });

  it('holds who was merged into it from the merge on, and nobody before', async () => {
    const other = { userId: 'eva', anonymousId: 'tablet-of-eva' };
    await send(said('identify', other, { traits: { shoe_size: 38 } }), said('track', other, bought('o9', 1)));
    const eva = await stored({ namespace: 'user_id', value: 'eva' });
    const merged = await core.call(`/v1/profiles/${seen[0]!.record.id}/merge`, {
      key: 'admin',
      body: { other: eva.id, reason: 'the same person' },
    });
    expect(merged.status).toBeLessThan(300);
    await look();
    await send(said('track', other, bought('o10', 2)));
    await look();
    expect(seen.at(-1)!.record.orders['USD']?.count).toBe(4);
    for (const one of seen) {
      const again = await then(one);
      expect(again.ok && withoutIdentifiers(again.value)).toEqual(withoutIdentifiers(one.record));
    }
  });

  it('says that it cannot be had once its events were shared out among two', async () => {
    clock.advance(HOUR);
    const { id } = seen[0]!.record;
    const split = await core.call(`/v1/profiles/${id}/split`, {
      key: 'admin',
      body: { identifiers: ['user_id:eva'], reason: 'two people' },
    });
    expect(split.status).toBeLessThan(300);
    expect(await then(seen.at(-1)!)).toEqual({ ok: false, failure: 'rearranged' });
  });
});
