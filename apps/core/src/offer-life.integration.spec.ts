import type { DecisionResponse } from '@repartee/contracts';
import { Catalogue } from '@repartee/decisioning';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { until } from './testing/visibly.js';

const HOUR = 3_600_000;
const SHOP = {
  version: 1,
  prune: true,
  zones: [{ key: 'home.hero', channel: 'web' }],
  groups: [{ key: 'spreads' }],
  offers: [
    { key: 'jam', name: 'Jam', value: 10, group: 'spreads' },
    { key: 'tea', name: 'Tea', value: 5 },
  ],
  treatments: ['jam', 'tea'].map((key) => ({
    key: `${key}.hero`,
    offer: key,
    channel: 'web',
    zones: ['home.hero'],
    content: { headline: '{{ offer.name }}' },
  })),
};
const FOUR_EYES = { key: 'four-eyes', type: 'approval', of: { groups: ['spreads'] } };

interface Item {
  name: string;
  status?: string;
  draft?: { name: string };
  request?: { by: string; action: string };
  scheduled?: { effectiveAt: string };
  approval?: { by: string; requestedBy: string; effectiveAt?: string };
}
interface History {
  items: { revision: number; step: string; by: string; document: Item }[];
}

describe('the life of an offer', () => {
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  let place: Place;
  let cores: CoreUnderTest[];
  /** Keys of a marketer, who may write, and of an approver. */
  let [ann, bob, eve] = ['', '', ''];
  const core = () => cores[0]!;

  const key = async (name: string, scopes: string[]) => {
    const made = await core().call<{ key: string }>('/v1/keys', {
      key: 'admin',
      body: { kind: 'admin', name, scopes },
    });
    return made.body.key;
  };
  const etag = async (offer: string) =>
    (await core().call(`GET /v1/offers/${offer}`)).headers.get('etag') ?? '';
  const step = async (bearer: string, route: string, body?: object) => {
    const offer = /offers\/(\w+)/.exec(route)?.[1] ?? '';
    return core().call<Item & { code: string; errors: { pointer: string }[] }>(route, {
      key: { bearer },
      ...(body && { body }),
      headers: { 'if-match': await etag(offer) },
    });
  };
  const shown = async (at = core()) => {
    const { body, text, status } = await at.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { anonymousId: 'a' }, channel: 'web', zones: [{ zone: 'home.hero' }] },
    });
    if (status !== 200) throw new Error(text);
    return { headline: body.zones[0]!.offers[0]!.content['headline'], id: body.decisionId };
  };
  const headlines = async () => Promise.all(cores.map(async (one) => (await shown(one)).headline));
  const everywhere = (headline: string) =>
    until(headline, async () => (await headlines()).every((one) => one === headline));
  const inHours = (hours: number) => new Date(clock.now() + hours * HOUR).toISOString();

  beforeAll(async () => {
    place = await createPlace();
    cores = [await startCore({ place, clock })];
    cores.push(await startCore({ place, clock }));
    ann = await key('Ann', ['configuration:write', 'offers:read', 'offers:write', 'policies:write']);
    bob = await key('Bob', ['approvals:write', 'approvals:read', 'configuration:write']);
    eve = core().keys.admin;
  });
  beforeEach(async () => {
    await apply(core(), { version: 1, prune: true });
    await apply(core(), SHOP);
  });
  afterAll(async () => {
    await Promise.all(cores.map((one) => one.stop()));
    await place.remove();
  });

  it('takes a scheduled change at its moment, in every process, without a new revision', async () => {
    await step(ann, 'PUT /v1/offers/jam/draft', { name: 'More jam', value: 10, group: 'spreads' });
    const effectiveAt = inHours(2);
    const scheduled = await step(ann, 'POST /v1/offers/jam/publish', { effectiveAt });
    expect(scheduled.body).toMatchObject({ name: 'Jam', scheduled: { effectiveAt } });
    expect(scheduled.body.draft).toBeUndefined();
    const { revision } = (await core().call<{ revision: number }>('GET /v1/offers/jam')).body;
    const tag = await etag('jam');
    const [one, two] = cores.map(({ app }) => app.get(Catalogue, { strict: false }));
    await until('the other process', () =>
      Promise.resolve(one!.snapshot.revision === two!.snapshot.revision),
    );
    const before = await shown();
    clock.advance(2 * HOUR - 1);
    expect(await headlines()).toEqual(['Jam', 'Jam']);
    clock.advance(1);
    expect(await headlines()).toEqual(['More jam', 'More jam']);
    const after = await shown();
    for (const { id } of [before, after])
      await until('the receipt', async () => {
        const replayed = await core().call<{ outcome: string }>(`POST /v1/decisions/${id}/replay`);
        return replayed.body.outcome === 'same';
      });
    const held = (await core().call<Item & { revision: number }>('GET /v1/offers/jam')).body;
    expect(held).toMatchObject({ name: 'More jam', revision, approval: { effectiveAt } });
    expect(held.scheduled).toBeUndefined();
    expect(await etag('jam')).toBe(tag);

    await cores.pop()!.stop();
    cores.push(await startCore({ place, clock }));
    expect(await headlines()).toEqual(['More jam', 'More jam']);
  });

  it('keeps a schedule over a restart, over other changes, and lets it be called off', async () => {
    const effectiveAt = inHours(1);
    expect((await step(ann, 'POST /v1/offers/jam/retire', { effectiveAt })).body.scheduled).toBeDefined();
    expect((await step(ann, 'POST /v1/offers/jam/publish')).body.code).toBe('CATALOGUE.CHANGE_PENDING');
    await apply(core(), { ...SHOP, offers: [{ ...SHOP.offers[0], value: 11 }, SHOP.offers[1]] });
    await cores.pop()!.stop();
    cores.push(await startCore({ place, clock }));
    expect((await core().call<Item>('GET /v1/offers/jam')).body.scheduled).toEqual(
      expect.objectContaining({ effectiveAt }),
    );
    expect((await step(ann, 'POST /v1/offers/jam/cancel')).body.scheduled).toBeUndefined();
    expect((await step(ann, 'POST /v1/offers/jam/cancel')).body.code).toBe('CATALOGUE.NOTHING_PENDING');
    clock.advance(2 * HOUR);
    await everywhere('Jam');

    await step(ann, 'POST /v1/offers/jam/retire', { effectiveAt: inHours(1) });
    clock.advance(HOUR);
    expect((await shown()).headline).toBe('Tea');
    await everywhere('Tea');
  });

  it('is checked against what it will meet: what a scheduled offer needs cannot go before', async () => {
    await apply(core(), { ...SHOP, groups: [{ key: 'spreads' }, { key: 'new', issue: undefined }] });
    const draft = { name: 'Jam', value: 10, replacement: 'tea' };
    await step(ann, 'PUT /v1/offers/jam/draft', draft);
    await step(ann, 'POST /v1/offers/jam/publish', { effectiveAt: inHours(1) });
    const { status, body } = await core().call('/v1/apply', {
      key: 'admin',
      body: { ...SHOP, offers: [SHOP.offers[0]], treatments: [SHOP.treatments[0]] },
    });
    expect([status, body.errors]).toEqual([
      422,
      [
        expect.objectContaining({
          detail: 'there is no offer tea',
          pointer: '#/offers/0/scheduled/document/replacement',
        }),
      ],
    ]);
  });

  it('wants a second person where a policy says so, whatever the way', async () => {
    await apply(core(), { ...SHOP, policies: [FOUR_EYES] });
    const direct = await step(eve, 'PUT /v1/offers/jam', { name: 'Mine', value: 99, group: 'spreads' });
    expect(direct.body).toMatchObject({ code: 'CATALOGUE.REFUSED', errors: [{ pointer: '#' }] });
    const escape = { ...SHOP.offers[0], name: 'Mine', group: undefined };
    const document = { ...SHOP, prune: false, offers: [escape] };
    expect((await core().call('/v1/apply', { key: 'admin', body: document })).body).toMatchObject({
      code: 'APPLY.REFUSED',
      errors: [{ pointer: '#/offers/0' }],
    });
    const forged = {
      ...SHOP.offers[0],
      name: 'Mine',
      approval: { by: 'x', requestedBy: 'y', at: inHours(0) },
    };
    expect(
      (await core().call('/v1/apply', { key: 'admin', body: { ...document, offers: [forged] } })).status,
    ).toBe(422);
    const gone = {
      ...SHOP,
      policies: [FOUR_EYES],
      offers: [SHOP.offers[1]],
      treatments: [SHOP.treatments[1]],
    };
    expect((await core().call('/v1/apply', { key: 'admin', body: gone })).status).toBe(422);
    expect((await step(ann, 'PUT /v1/offers/tea', { name: 'Green tea', value: 5 })).status).toBe(200);

    await step(ann, 'PUT /v1/offers/jam/draft', { name: 'More jam', value: 10, group: 'spreads' });
    const asked = await step(ann, 'POST /v1/offers/jam/publish', { note: 'spring' });
    expect(asked.body).toMatchObject({ name: 'Jam', request: { action: 'publish', note: 'spring' } });
    expect((await shown()).headline).toBe('Jam');
    const waiting = await core().call<{ items: { key: string }[] }>('GET /v1/approvals', {
      key: { bearer: bob },
    });
    expect(waiting.body.items.map((item) => item.key)).toEqual(['jam']);
    expect((await step(ann, 'POST /v1/offers/jam/approve')).status).toBe(403);
    const refused = await step(bob, 'POST /v1/offers/jam/reject', { note: 'too sweet' });
    expect(refused.body).toMatchObject({ draft: { name: 'More jam' }, rejection: { note: 'too sweet' } });

    await step(eve, 'POST /v1/offers/jam/publish');
    expect((await step(eve, 'POST /v1/offers/jam/approve')).body.code).toBe('CATALOGUE.OWN_CHANGE');
    const approved = await step(bob, 'POST /v1/offers/jam/approve');
    expect(approved.body).toMatchObject({ name: 'More jam', status: 'published' });
    expect(approved.body.approval?.by).not.toBe(approved.body.approval?.requestedBy);
    expect(approved.body.draft).toBeUndefined();
    expect((await shown()).headline).toBe('More jam');

    const { items } = (await core().call<History>('GET /v1/offers/jam/history')).body;
    expect(items.map((one) => one.step).slice(0, 5)).toEqual([
      'published',
      'requested',
      'rejected',
      'requested',
      'drafted',
    ]);
    expect(items[0]!.by).toBe(approved.body.approval?.by);
    const audit = await core().call<{ items: { actor: string; detail: { step: string } }[] }>(
      'GET /v1/audit?subject=offer/jam',
      { key: 'admin' },
    );
    expect(audit.body.items.slice(0, 2).map(({ actor, detail }) => [actor, detail.step])).toEqual([
      [items[0]!.by, 'approve'],
      [items[1]!.by, 'publish'],
    ]);

    const back = await step(ann, 'POST /v1/offers/jam/rollback', { revision: items.at(-1)!.revision });
    expect(back.body).toMatchObject({ name: 'More jam', request: { action: 'rollback' } });
    const later = await step(bob, 'POST /v1/offers/jam/approve');
    expect(later.body).toMatchObject({ name: 'Jam', status: 'published' });
    expect((await step(ann, 'POST /v1/offers/jam/rollback', { revision: 99_999 })).status).toBe(404);

    const policy = await core().call('GET /v1/policies/four-eyes');
    const lift = (bearer: string) =>
      core().call('DELETE /v1/policies/four-eyes', {
        key: { bearer },
        headers: { 'if-match': policy.headers.get('etag')! },
      });
    expect((await lift(ann)).status).toBe(422);
    expect((await lift(bob)).status).toBe(204);
  });
});
