import {
  AuditLog,
  governanceEntities,
  governanceMigrations,
  PersonalDataHolders,
  RetainedData,
} from '@repartee/governance';
import type { DataSubject } from '@repartee/governance/domain';
import { MergeParticipants } from '@repartee/identity';
import { Housekeeping, newId } from '@repartee/platform';
import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import { orderFact, STRANGER, type ProfileView } from '@repartee/profile/domain';
import { ExperimentResults } from './api/experiment-results.js';
import { ExperimentSection } from './api/experiment-section.js';
import { Experiments } from './api/experiments.js';
import { Exposures } from './api/exposures.js';
import { GuardrailWatch } from './api/guardrail-watch.js';
import { Outcomes, type PersonalHappening } from './api/outcomes.js';
import { experimentSchema, type ExperimentDocument } from './domain/index.js';
import { experimentsEntities, experimentsMigrations } from './index.js';
import { ExperimentStore } from './persistence/experiment-store.js';
import { ExposureStore } from './persistence/exposure-store.js';
import { ExposureMerges } from './persistence/merge-participant.js';
import { OutcomeStore } from './persistence/outcome-store.js';
import { ExperimentPersonalData } from './persistence/personal-data.js';
import { RetainedExperiments } from './persistence/retained-experiments.js';

const START = Date.UTC(2026, 4, 1);
const SECOND = 1000;
const declare = (more: Partial<ExperimentDocument> = {}) =>
  experimentSchema.parse({
    key: 'hero',
    on: { offer: 'a' },
    variations: [{ key: 'control' }, { key: 'b', show: false }],
    goal: { key: 'revenue', of: 'revenue', currency: 'EUR', cuped: true },
    metrics: [{ key: 'orders', of: 'order' }],
    minimumPeople: 10,
    ...more,
  });

describe('experiments', () => {
  let db: TestDatabase;
  const clock = new ManualClock(START);
  const housekeeping = new Housekeeping();

  function setUp() {
    const { database } = db;
    const store = new ExperimentStore(database);
    const audit = new AuditLog(database, clock);
    const outcomeStore = new OutcomeStore(database);
    const experiments = new Experiments(store, database, audit, clock, housekeeping);
    const exposures = new Exposures(new ExposureStore(database));
    const results = new ExperimentResults(store, outcomeStore);
    return {
      audit,
      retained: new RetainedExperiments(new RetainedData(), database),
      experiments,
      exposures,
      results,
      section: new ExperimentSection(store, clock),
      outcomes: new Outcomes(experiments, exposures, outcomeStore, clock),
      watch: new GuardrailWatch(experiments, results, housekeeping),
      merges: new ExposureMerges(new MergeParticipants(), database),
      personalData: new ExperimentPersonalData(new PersonalDataHolders(), database),
    };
  }
  let scope: ReturnType<typeof setUp>;

  beforeAll(async () => {
    db = await createTestDatabase({
      entities: [...governanceEntities, ...experimentsEntities],
      migrations: [...governanceMigrations, ...experimentsMigrations],
    });
  });
  beforeEach(async () => {
    await db.database.query(
      'TRUNCATE experiment, experiment_phase, experiment_exposure, experiment_outcome, audit_entry',
    );
    scope = setUp();
  });
  afterAll(async () => {
    await housekeeping.beforeApplicationShutdown();
    await db.drop();
  });

  const started = async (more: Partial<ExperimentDocument> = {}) => {
    const document = declare(more);
    expect(await scope.experiments.create(document)).toMatchObject({ ok: true });
    expect(await scope.experiments.start(document.key)).toMatchObject({ ok: true });
  };
  const expose = (
    variation: string,
    who: { unit: string; profileId?: string | null; anonymousId?: string | null; view?: ProfileView },
  ) => {
    const { unit, profileId = null, anonymousId = null, view = STRANGER } = who;
    const exposure = { experiment: 'hero', phase: 1, variation, unit };
    scope.exposures.note(scope.experiments.book, [exposure], { profileId, anonymousId, view }, clock.now());
  };
  const order = (
    person: string,
    total: number,
    more: Partial<PersonalHappening> & { name?: string; id?: string } = {},
  ) => {
    const { name = 'Order Completed', id = newId(), at = clock.now() + SECOND, ...rest } = more;
    const eventId = newId();
    const properties = { order_id: id, total, currency: 'EUR' };
    return {
      person,
      names: [],
      eventId,
      at,
      order: orderFact({ id: eventId, name, occurredAt: at, properties })!,
      ...rest,
    };
  };
  const happen = (...happenings: PersonalHappening[]) =>
    db.database.transaction((tx) => scope.outcomes.observe(tx, happenings));
  const read = async (phase?: number) => {
    const results = await scope.results.read('hero', phase);
    if (!results.ok) throw new Error(results.failure.detail);
    return results.value;
  };
  const means = async () => {
    const { metrics } = await read();
    return Object.fromEntries(
      metrics.map(({ metric, figures }) => [metric.key, figures.map(({ mean }) => mean)]),
    );
  };

  it('have migrations that agree with the entities', async () => {
    const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('live from draft over running to stopped, and never change who gets what on the way', async () => {
    const { experiments } = scope;
    expect(await experiments.create(declare())).toMatchObject({
      value: { state: 'draft', version: 1, phase: 0 },
    });
    expect(await experiments.create(declare())).toMatchObject({ failure: { code: 'EXPERIMENT.EXISTS' } });
    expect(await experiments.stop('hero', {})).toMatchObject({ failure: { code: 'EXPERIMENT.NOT_RUNNING' } });
    expect(await experiments.start('hero')).toMatchObject({
      value: { state: 'running', version: 2, phase: 1, phaseSeed: 'hero' },
    });
    expect(await experiments.start('hero')).toMatchObject({ failure: { code: 'EXPERIMENT.RUNNING' } });
    expect(await experiments.replace(declare({ coverage: 0.5 }), 2)).toMatchObject({
      failure: { code: 'EXPERIMENT.RUNNING' },
    });
    expect(await experiments.remove('hero', 2)).toMatchObject({ failure: { code: 'EXPERIMENT.RUNNING' } });
    expect(await experiments.replace(declare({ name: 'Hero' }), 1)).toMatchObject({
      failure: { code: 'HTTP.PRECONDITION_FAILED' },
    });
    expect(await experiments.replace(declare({ name: 'Hero' }), 2)).toMatchObject({
      value: { name: 'Hero' },
    });
    expect(await experiments.stop('hero', { release: 'c' })).toMatchObject({
      failure: { code: 'EXPERIMENT.UNKNOWN_VARIATION' },
    });
    expect(await experiments.stop('hero', { release: 'b', reason: 'it won' })).toMatchObject({
      value: { state: 'stopped', released: 'b', reason: 'it won', version: 4 },
    });
    expect(experiments.book.byKey.get('hero')).toMatchObject({ state: 'stopped', released: 'b' });
    expect(await experiments.replace(declare({ coverage: 0.5 }), 4)).toMatchObject({ ok: true });
    // What was released stays as it ran; the change is for the next phase.
    expect(experiments.book.byKey.get('hero')?.document.coverage).toBe(1);
    expect(await experiments.start('hero')).toMatchObject({
      value: { phase: 2, phaseSeed: 'hero:2', coverage: 0.5, released: null },
    });
    await experiments.stop('hero', {});
    expect(await experiments.remove('hero', 7)).toMatchObject({ ok: true });
    expect(await experiments.get('hero')).toMatchObject({ failure: { code: 'EXPERIMENT.NOT_FOUND' } });
    expect(experiments.book.experiments).toEqual([]);
  });

  it('are taken from a configuration, which leaves alone what runs', async () => {
    const { experiments, section } = scope;
    const apply = (documents: ReturnType<typeof declare>[], prune = false) =>
      db.database.transaction((tx) => section.apply(tx, documents, { prune }));
    const other = declare({ key: 'other' });
    expect(await apply([declare(), other])).toMatchObject({ changes: { created: ['hero', 'other'] } });
    expect(await apply([declare(), other])).toEqual({
      changes: { created: [], updated: [], removed: [] },
      issues: [],
    });
    await experiments.start('hero');
    expect(await apply([declare({ coverage: 0.1 })])).toMatchObject({ issues: [{ pointer: '0' }] });
    expect(await apply([other], true)).toMatchObject({ changes: { removed: [] }, issues: [] });
    const plan = await section.plan([declare({ name: 'Hero' })], { prune: true });
    expect(plan).toEqual({ changes: { created: [], updated: ['hero'], removed: ['other'] }, issues: [] });
    expect(await apply([declare({ name: 'Hero' })], true)).toMatchObject({ issues: [] });
    expect((await experiments.list('', 10)).items).toMatchObject([
      { key: 'hero', name: 'Hero', state: 'running' },
    ]);
  });

  it('count everybody once, and what they do after they met it', async () => {
    await started();
    const [ann, bob] = [newId(), newId()];
    const view = { ...STRANGER, computed: { orders_by_currency: { EUR: { count: 1, total: 70 } } } };
    expose('control', { unit: 'ann', profileId: ann, view });
    expose('b', { unit: 'bob', profileId: bob });
    expose('control', { unit: 'ann', profileId: ann });
    await scope.exposures.drain();
    // Another process has not noted it yet.
    scope.exposures = new Exposures(new ExposureStore(db.database));
    expose('b', { unit: 'ann', profileId: ann });
    await scope.exposures.drain();
    const early = order(ann, 999, { at: clock.now() - SECOND });
    const stranger = order(newId(), 999);
    await happen(early, stranger, order(ann, 40, { id: 'o1' }), order(ann, 20), order(bob, 10));
    expect(await read()).toMatchObject({
      mixed: 0,
      variations: [
        { key: 'control', people: 1 },
        { key: 'b', people: 1 },
      ],
      verdict: { kind: 'too-early' },
    });
    expect(await means()).toEqual({ revenue: [60, 10], orders: [1, 1] });
    const [row] = await db.database.query<{ before: object }>(
      `SELECT before FROM experiment_exposure WHERE unit = 'ann'`,
    );
    expect(row?.before).toEqual({ revenue: 70 });
    await happen(
      order(ann, 45, { id: 'o1', name: 'Order Updated', at: clock.now() + 2 * SECOND }),
      order(ann, 5, { id: 'o1', name: 'Order Refunded', at: clock.now() + 3 * SECOND }),
      order(ann, 5, { id: 'of old', name: 'Order Refunded' }),
    );
    expect(await means()).toEqual({ revenue: [60, 10], orders: [1, 1] });
    await happen(order(bob, 0, { id: 'o9' }), order(bob, 0, { id: 'o9', name: 'Order Cancelled' }));
    expect(await means()).toEqual({ revenue: [60, 10], orders: [1, 1] });
  });

  it('count within their window, and no more once they have stopped', async () => {
    await started({ window: '1h' });
    const ann = newId();
    expose('control', { unit: 'ann', profileId: ann });
    await scope.exposures.drain();
    await happen(order(ann, 10), order(ann, 99, { at: clock.now() + 3_601 * SECOND }));
    expect(await means()).toMatchObject({ revenue: [10, 0] });
    await scope.experiments.stop('hero', {});
    await happen(order(ann, 7, { at: clock.now() + 60 * SECOND }));
    expect(await means()).toMatchObject({ revenue: [17, 0] });
    const endless = declare({ key: 'hero' });
    await scope.experiments.replace(endless, 3);
    await scope.experiments.start('hero');
    await scope.experiments.stop('hero', {});
    expect(scope.outcomes.counting).toBe(true);
    clock.advance(30 * 86_400_000);
    expect(scope.outcomes.counting).toBe(false);
    clock.advance(-30 * 86_400_000);
  });

  it('know a device’s visitor once she is known, and follow merges and splits', async () => {
    await started();
    const [ann, bob] = [newId(), newId()];
    expose('control', { unit: 'device', anonymousId: 'device' });
    expose('b', { unit: 'bob', profileId: bob });
    await scope.exposures.drain();
    const events = [order(ann, 30, { names: ['device'], id: 'same' }), order(bob, 10, { id: 'same' })];
    await happen(...events);
    expect(await means()).toMatchObject({ revenue: [30, 10] });
    const { merges } = scope;
    expect(await merges.preview([ann, bob])).toEqual({ exposures: 2 });
    await db.database.transaction((tx) => merges.merge(tx, { survivor: bob, merged: ann }));
    expect(await read()).toMatchObject({ mixed: 1, variations: [{ people: 0 }, { people: 0 }] });
    await db.database.transaction((tx) =>
      merges.split(tx, { from: bob, to: ann, events: [events[0]!.eventId] }),
    );
    expect(await read()).toMatchObject({ mixed: 0, variations: [{ people: 1 }, { people: 1 }] });
  });

  it('stay one for two profiles that met the same variation', async () => {
    await started();
    const [ann, bob] = [newId(), newId()];
    expose('b', { unit: 'ann', profileId: ann });
    expose('b', { unit: 'bob', profileId: bob });
    await scope.exposures.drain();
    await happen(order(ann, 30), order(bob, 10));
    await db.database.transaction((tx) => scope.merges.merge(tx, { survivor: ann, merged: bob }));
    expect(await read()).toMatchObject({ mixed: 0, variations: [{ people: 0 }, { people: 1 }] });
    expect(await means()).toMatchObject({ revenue: [0, 40], orders: [0, 1] });
  });

  it('are stopped when they certainly do harm', async () => {
    await started({ goal: undefined, metrics: [], guardrails: [{ key: 'orders', of: 'order' }] });
    const people = Array.from({ length: 400 }, () => newId());
    people.forEach((id, index) => expose(index % 2 === 0 ? 'control' : 'b', { unit: id, profileId: id }));
    await scope.exposures.drain();
    await happen(...people.filter((_, index) => index % 40 === 1).map((id) => order(id, 1)));
    expect(await scope.watch.look()).toEqual([]);
    await happen(...people.filter((_, index) => index % 2 === 0).map((id) => order(id, 1)));
    expect(await read()).toMatchObject({ verdict: { kind: 'guardrail-harmed', variation: 'b', stop: true } });
    expect(await scope.watch.look()).toEqual(['hero']);
    expect(await scope.watch.look()).toEqual([]);
    expect(await scope.experiments.get('hero')).toMatchObject({
      value: { state: 'stopped', released: null, reason: expect.stringContaining('certainly harms orders') },
    });
    const [stop, start] = await scope.audit.read(['experiment/hero'], { limit: 9 });
    expect(stop).toMatchObject({
      actor: 'system',
      action: 'configure',
      detail: { step: 'stop', reason: expect.stringContaining('certainly harms orders') },
    });
    expect(start).toMatchObject({ detail: { step: 'start' } });
  });

  it('are audited with who changed them, and only when it was done', async () => {
    const document = declare();
    await scope.experiments.create(document, 'ann');
    await scope.experiments.start('hero', 'bob');
    await scope.experiments.start('hero', 'eve');
    await scope.experiments.stop('hero', { release: 'b', reason: 'it won' }, 'cid');
    const entries = await scope.audit.read(['experiment/hero'], { limit: 9 });
    expect(entries.map(({ actor, detail }) => [actor, detail])).toEqual([
      ['cid', { step: 'stop', release: 'b', reason: 'it won' }],
      ['bob', { step: 'start' }],
      ['ann', { step: 'create' }],
    ]);
  });

  it('lose who met them so long after their phase, never while it runs', async () => {
    await started();
    const ann = newId();
    expose('control', { unit: 'ann', profileId: ann });
    await scope.exposures.drain();
    await happen(order(ann, 30));
    const cutoff = (before: number) =>
      ({
        rule: 'r',
        kind: 'experiments',
        source: null,
        except: [],
        class: null,
        before: new Date(before),
      }) as const;
    const later = clock.now() + 900 * 86_400_000;
    expect(await scope.retained.count(cutoff(later))).toBe(0);
    expect(await scope.retained.remove(cutoff(later), 100)).toBe(0);
    await scope.experiments.stop('hero', {});
    expect(await scope.retained.count(cutoff(clock.now()))).toBe(0);
    const held = await scope.retained.count(cutoff(later));
    expect(held).toBeGreaterThan(1);
    expect(await scope.retained.remove(cutoff(later), 1)).toBe(1);
    expect(await scope.retained.remove(cutoff(later), 100)).toBe(held - 1);
    expect(await scope.retained.count(cutoff(later))).toBe(0);
  });

  it('give a person what is held of them, and forget it', async () => {
    await started();
    const ann = newId();
    expose('control', { unit: 'ann', profileId: ann });
    expose('b', { unit: 'device', anonymousId: 'device' });
    expose('b', { unit: 'other', profileId: newId() });
    await scope.exposures.drain();
    await happen(order(ann, 30));
    const subject: DataSubject = {
      profileIds: [ann],
      identifiers: [{ namespace: 'anonymous_id', value: 'device' }],
      spellings: [],
      events: [],
    };
    const exported = [];
    for await (const { kind } of scope.personalData.export(subject)) exported.push(kind);
    expect(exported).toEqual([
      'experiment exposure',
      'experiment exposure',
      'experiment outcome',
      'experiment outcome',
    ]);
    const erase = () => db.database.transaction((tx) => scope.personalData.erase(tx, subject));
    expect(await erase()).toBe(4);
    expect(await erase()).toBe(0);
    expect(await read()).toMatchObject({ variations: [{ people: 0 }, { people: 1 }] });
  });

  it('lose no exposure to a database that fails for a while', async () => {
    await started();
    const store = new ExposureStore(db.database);
    const insert = jest.spyOn(store, 'insert').mockRejectedValueOnce(new Error('gone'));
    scope.exposures = new Exposures(store);
    expose('b', { unit: 'ann' });
    await scope.exposures.drain();
    expect(insert).toHaveBeenCalledTimes(2);
    expect(await read()).toMatchObject({ variations: [{ people: 0 }, { people: 1 }] });
    expect(scope.exposures.full).toBe(false);
  });
});
