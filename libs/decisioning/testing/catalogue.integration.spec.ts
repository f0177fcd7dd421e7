import type { CatalogueDocument } from '../src/domain/index.js';
import { Catalogue } from '../src/index.js';
import { install, type Installation, type RunningProcess } from './decisioning-app.js';

const zone = { key: 'home.hero', channel: 'web', fallback: { headline: 'Welcome' } };
const offer = { key: 'cart', name: 'Your cart', value: 12 };
const treatment = {
  key: 'cart.web',
  offer: 'cart',
  channel: 'web',
  zones: ['home.hero'],
  content: { headline: '{offer} waits' },
};
const document: CatalogueDocument = { zones: [zone], offers: [offer], treatments: [treatment] };

describe('the catalogue', () => {
  let installation: Installation;
  let one: RunningProcess;

  beforeAll(async () => {
    installation = await install();
    one = await installation.start();
  });
  beforeEach(() => one.apply({ prune: true }));
  afterAll(() => installation.remove());

  const catalogue = () => one.get(Catalogue);
  const until = async (what: () => boolean, within: number) => {
    const deadline = performance.now() + within;
    while (!what() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(what()).toBe(true);
  };

  it('decides from a new configuration as soon as it is committed, and not before', async () => {
    const before = catalogue().snapshot;
    const { database } = installation.database;
    const broken = database.transaction(async (tx) => {
      const revision = await catalogue().nextRevision(tx);
      const checked = await catalogue().validate(document);
      if (!checked.ok) throw new Error('refused');
      expect(await catalogue().apply(tx, checked.value, revision)).toMatchObject({ ok: true });
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    expect(catalogue().snapshot).toBe(before);

    const revision = await one.apply(document);
    expect(catalogue().snapshot.revision).toBe(revision);
    expect(catalogue().snapshot.zones.get('home.hero')?.candidates).toHaveLength(1);
    expect(catalogue().contentOf('cart.web')).toEqual({ headline: '{offer} waits' });
    expect(before.zones.size).toBe(0);
  });

  it('says what a document would change', async () => {
    await one.apply(document);
    const checked = await catalogue().validate({ offers: [{ ...offer, value: 13 }], zones: [zone] });
    if (!checked.ok) throw new Error('refused');
    expect(await catalogue().plan(checked.value)).toEqual({
      created: [],
      updated: [{ kind: 'offer', key: 'cart' }],
      unchanged: [{ kind: 'zone', key: 'home.hero' }],
      removed: [],
    });
  });

  it('keeps what a document does not name, and removes it when told to prune', async () => {
    await one.apply(document);
    await one.apply({ offers: [{ ...offer, key: 'second' }] });
    expect([...catalogue().snapshot.offersByKey.keys()]).toEqual(['cart', 'second']);
    await one.apply({ offers: [offer], prune: true });
    expect([...catalogue().snapshot.offersByKey.keys()]).toEqual(['cart']);
    expect(catalogue().snapshot.zones.size).toBe(0);
  });

  it('refuses a document with every fault and its place', async () => {
    await one.apply(document);
    const refused = await catalogue().validate({
      offers: [{ ...offer, eligibility: 'profile.known &&' }],
      treatments: [{ ...treatment, zones: ['nowhere'] }],
    });
    expect(refused).toMatchObject({
      ok: false,
      failure: [
        { pointer: '#/treatments/0/zones/0', message: 'there is no zone nowhere' },
        { pointer: '#/offers/0/eligibility', offset: expect.any(Number) },
      ],
    });
    expect(await catalogue().validate({ zones: [{ ...zone, channel: 'email' }] })).toMatchObject({
      ok: false,
      failure: [{ pointer: '#/treatments/cart.web/zones/0' }],
    });
    const content = await catalogue().validate({
      treatments: [{ ...treatment, content: { headline: 'a { b' } }],
    });
    expect(content).toEqual({
      ok: false,
      failure: [
        { pointer: '#/treatments/0/content/headline', message: 'a brace is open', line: 1, column: 3 },
      ],
    });
    expect(await catalogue().validate('offers')).toMatchObject({ ok: false, failure: [{ pointer: '#' }] });
  });

  it('compiles content that stays the same once', async () => {
    await one.apply(document);
    const before = one.renderer.compiled;
    await one.apply({ offers: [{ ...offer, value: 14 }] });
    expect(one.renderer.compiled).toBe(before);
  });

  it('is the same in another process after a second, and after a start', async () => {
    const other = await installation.start();
    const revision = await one.apply(document);
    await until(() => other.get(Catalogue).snapshot.revision === revision, 2500);
    expect(other.get(Catalogue).snapshot.offers).toEqual(catalogue().snapshot.offers);
    const third = await installation.start();
    expect(third.get(Catalogue).snapshot.revision).toBe(revision);
    await Promise.all([other.app.close(), third.app.close()]);
  });

  it('serves the rest when a channel refuses at the start what it took before', async () => {
    await one.apply(document);
    await installation.database.database.query(
      `INSERT INTO catalogue_entry VALUES ('treatment', 'old.web', $1, now(), 1)`,
      [JSON.stringify({ ...treatment, key: 'old.web', content: { headline: '{' } })],
    );
    const later = await installation.start();
    expect([...later.get(Catalogue).snapshot.treatments.keys()]).toEqual(['cart.web']);
    await later.app.close();
  });

  it('applies one configuration after the other', async () => {
    const revisions = await Promise.all(
      ['a', 'b', 'c', 'd'].map((key) => one.apply({ offers: [{ ...offer, key }] })),
    );
    expect(new Set(revisions).size).toBe(4);
    expect([...catalogue().snapshot.offersByKey.keys()]).toEqual(['a', 'b', 'c', 'd']);
    expect(catalogue().snapshot.revision).toBe(Math.max(...revisions));
  });

  it('can be read over HTTP, by servers and administrators', async () => {
    await one.apply({ ...document, offers: ['a', 'b', 'cart'].map((key) => ({ ...offer, key })) });
    const first = await one.call('/v1/offers?limit=2', one.keys.server);
    expect(first.body).toMatchObject({ items: [{ key: 'a', lever: 0 }, { key: 'b' }], nextCursor: 'b' });
    const rest = await one.call('/v1/offers?limit=2&cursor=b', one.keys.admin);
    expect(rest.body).toMatchObject({ items: [{ key: 'cart' }], nextCursor: null });
    const zones = await one.call('/v1/zones/home.hero', one.keys.server);
    expect(zones.status).toBe(200);
    expect(zones.headers['etag']).toBe(`"${String(zones.body['revision'])}"`);
    expect(zones.body).toMatchObject(zone);
    expect((await one.call('/v1/treatments', one.keys.server)).body['items']).toHaveLength(1);
    expect(await one.call('/v1/offers/nothing', one.keys.server)).toMatchObject({
      status: 404,
      body: { code: 'CATALOGUE.NOT_FOUND' },
    });
    expect((await one.call('/v1/offers/a%00b', one.keys.server)).status).toBe(400);
    expect((await one.call('/v1/offers?limit=x', one.keys.server)).status).toBe(400);
    expect((await one.call('/v1/offers', one.keys.write)).status).toBe(403);
    expect((await one.call('/v1/offers')).status).toBe(401);
  });
});
