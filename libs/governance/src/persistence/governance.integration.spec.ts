import { Housekeeping, Metrics } from '@repartee/platform';
import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import { SourceWatch } from '../api/source-watch.js';
import { Sources } from '../api/sources.js';
import { TrackingPlans } from '../api/tracking-plans.js';
import { trackingPlanSchema } from '../domain/index.js';
import { AuditLog } from './audit-log.js';
import { governanceMigrations } from './create-governance.migration.js';
import { DoNotContact } from './do-not-contact.js';
import { governanceEntities } from './governance.entities.js';
import { PersonStandings } from './person-standings.js';
import { PrivacyRequests } from './privacy-requests.js';
import { Revisions } from './revisions.js';
import { SourceStore } from './source-store.js';
import { SubjectHasher } from './subject-hasher.js';

const ANN = '01890a5d-ac96-774b-bcce-b302099a8057';
const BEA = '01890a5d-ac96-774b-bcce-b302099a8058';
const email = { namespace: 'email', value: 'ann@example.org' };

describe('governance', () => {
  let db: TestDatabase;
  const clock = new ManualClock();
  const housekeeping = new Housekeeping();

  /** What one process has. */
  async function start() {
    const metrics = new Metrics({ defaults: false });
    const revisions = new Revisions(db.database, housekeeping);
    const plans = new TrackingPlans(metrics);
    const store = new SourceStore(db.database);
    const sources = new Sources(db.database, store, revisions, plans, clock);
    const watch = new SourceWatch(sources, store, clock, housekeeping, metrics);
    const hasher = new SubjectHasher(db.database);
    const doNotContact = new DoNotContact(db.database, hasher, revisions, clock);
    const standings = new PersonStandings(db.database, revisions, clock);
    const parts = { metrics, revisions, plans, sources, watch, hasher, doNotContact, standings };
    for (const part of [sources, watch, hasher, doNotContact, standings]) await part.onModuleInit();
    await revisions.look();
    return parts;
  }

  beforeAll(async () => {
    db = await createTestDatabase({ entities: governanceEntities, migrations: governanceMigrations });
  });
  afterAll(async () => {
    await housekeeping.beforeApplicationShutdown();
    await db.drop();
  });

  it('has migrations that agree with the entities', async () => {
    const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('knows sources, and hears of changes made elsewhere', async () => {
    const [here, there] = [await start(), await start()];
    const shop = { key: 'shop', name: 'Shop', trustRank: 80, party: 'first' as const, expectedEvery: null };
    const plan = trackingPlanSchema.parse({ unplanned: 'block' });
    expect(here.sources.traitsOf('shop')).toEqual({ trustRank: 50, party: 'first' });
    expect(await here.sources.create({ ...shop, trackingPlan: plan })).toMatchObject({
      ok: true,
      value: { version: 1 },
    });
    expect(await here.sources.create({ ...shop, trackingPlan: null })).toMatchObject({ ok: false });
    const surprise = { type: 'track', event: 'Surprise' };
    expect(here.plans.check('shop', surprise)).toMatchObject({ action: 'block' });
    expect(there.plans.check('shop', surprise)).toBeUndefined();
    await there.revisions.look();
    expect(there.plans.check('shop', surprise)).toMatchObject({ action: 'block' });
    expect(there.sources.traitsOf('shop')).toMatchObject({ trustRank: 80 });
    expect(there.plans.check('app', surprise)).toBeUndefined();
    expect(await there.sources.replace({ ...shop, trackingPlan: null }, 7)).toMatchObject({
      failure: { code: 'HTTP.PRECONDITION_FAILED' },
    });
    expect(await there.sources.replace({ ...shop, trackingPlan: null }, 1)).toMatchObject({
      value: { version: 2 },
    });
    expect(there.plans.check('shop', surprise)).toBeUndefined();
    expect(await there.sources.remove('shop', 2)).toEqual({ ok: true, value: undefined });
    expect(await there.sources.remove('shop', 2)).toMatchObject({
      failure: { code: 'GOVERNANCE.SOURCE_NOT_FOUND' },
    });
  });

  it('counts what a plan lets pass all the same', async () => {
    const { sources, plans, metrics } = await start();
    const fields = { name: 'App', trustRank: 50, party: 'first' as const, expectedEvery: null };
    await sources.create({ key: 'app', ...fields, trackingPlan: trackingPlanSchema.parse({}) });
    expect(plans.check('app', { type: 'track', event: 'Surprise' })).toBeUndefined();
    expect(await metrics.text()).toContain(
      'repartee_tracking_plan_breaks_total{source="app",action="allow"} 1',
    );
  });

  it('raises an alarm when a source falls silent, and ends it when it speaks again', async () => {
    const { sources, watch, metrics } = await start();
    const fields = { name: 'Till', trustRank: 50, party: 'second' as const, trackingPlan: null };
    await sources.create({ key: 'till', ...fields, expectedEvery: 60 });
    const late = async () => {
      await watch.look();
      const found = await sources.get('till');
      const gauge = (await metrics.text()).match(/repartee_source_late\{source="till"\} (\d)/)?.[1];
      return [found.ok && found.value.late, gauge];
    };
    watch.note([
      { source: 'till', receivedAt: clock.now() },
      { source: 'nobody', receivedAt: clock.now() },
    ]);
    expect(await late()).toEqual([false, '0']);
    clock.advance(61_000);
    expect(await late()).toEqual([true, '1']);
    watch.note([{ source: 'till', receivedAt: clock.now() }]);
    expect(await late()).toEqual([false, '0']);
  });

  it('keeps of those it must not write to nothing but a keyed hash', async () => {
    const [here, there] = [await start(), await start()];
    expect([here.doNotContact.nobodyErased, here.doNotContact.isErased(email)]).toEqual([true, false]);
    await db.database.transaction((tx) =>
      here.doNotContact.add(tx, here.doNotContact.hashesOf([email], [ANN]), 'erased'),
    );
    await Promise.all([here.revisions.look(), there.revisions.look()]);
    for (const { doNotContact } of [here, there]) {
      expect(doNotContact.isErased(email)).toBe(true);
      expect(doNotContact.isErased({ namespace: 'email', value: 'bea@example.org' })).toBe(false);
      expect([doNotContact.isErasedProfile(ANN), doNotContact.isErasedProfile(BEA)]).toEqual([true, false]);
      expect(await doNotContact.listed([email])).toEqual([email]);
    }
    const rows = JSON.stringify(await db.database.query('SELECT * FROM do_not_contact'));
    expect(rows).not.toMatch(/ann|example/);
    expect(await there.doNotContact.release([email])).toBe(1);
    await here.revisions.look();
    expect([here, there].map(({ doNotContact }) => doNotContact.isErased(email))).toEqual([false, false]);
  });

  it('lets the strictest standing of a family hold', async () => {
    const { standings, revisions } = await start();
    await db.database.transaction((tx) =>
      standings.write(tx, [ANN], ANN, { restricted: false, objections: ['direct_marketing', 'profiling'] }),
    );
    await revisions.look();
    expect(standings.recall([BEA])).toEqual({ restricted: false, objections: [] });
    expect(standings.recall([BEA, ANN]).objections).toContain('profiling');
    expect(await standings.read([BEA, ANN])).toMatchObject({ objections: ['direct_marketing', 'profiling'] });
  });

  it('writes the audit log in passing and forgets whose it was', async () => {
    const audit = new AuditLog(db.database, clock);
    for (let count = 0; count < 3; count += 1) audit.note({ actor: 'key', action: 'read', subject: ANN });
    await db.database.transaction((tx) =>
      audit.record(tx, [{ actor: 'key', action: 'change', subject: ANN, detail: { name: 'Ann' } }]),
    );
    const entries = await audit.read([ANN], { limit: 10 });
    expect(entries.map(({ action }) => action).sort()).toEqual(['change', 'read', 'read', 'read']);
    expect(await db.database.transaction((tx) => audit.forget(tx, [ANN], 'hash'))).toBe(4);
    expect(await audit.read([ANN], { limit: 10 })).toEqual([]);
    expect(await audit.read(['hash'], { limit: 2 })).toMatchObject([{ detail: null }, { detail: null }]);
  });

  it('hands a request to one job at a time', async () => {
    const requests = new PrivacyRequests(db.database, clock);
    const work = { profileIds: [ANN], identifiers: [email], spellings: [] };
    const id = await db.database.transaction((tx) =>
      requests.add(tx, { kind: 'erase', subject: 'hash', profileId: ANN, requestedBy: 'key', work }),
    );
    const claims = await Promise.all([requests.claim(), requests.claim(), requests.claim()]);
    expect(claims.filter((claim) => claim !== undefined)).toMatchObject([{ id, work, round: 0 }]);
    await requests.putOff(id, 0, { round: 1, attempts: 0, work });
    const again = await requests.claim();
    expect(again).toMatchObject({ id, round: 1 });
    await db.database.transaction(async (tx) => {
      for (const records of [2, 1])
        await requests.note(tx, id, { scope: 'profile', status: 'done', records, detail: null });
      if (again) await requests.completeErasure(tx, again);
    });
    expect(await requests.find(id)).toMatchObject({
      status: 'completed',
      profileId: null,
      steps: [{ scope: 'profile', status: 'done', records: 3 }],
    });
    expect(await requests.claim()).toBeUndefined();
  });
});
