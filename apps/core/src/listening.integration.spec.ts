import {
  accepted,
  type ConnectorDefinition,
  defineConnector,
  rejected,
  unknown,
} from '@repartee/connector-sdk';
import type { HeardEvent, Outcome } from '@repartee/contracts';
import { ManualClock } from '@repartee/platform/testing';
import { z } from 'zod';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const HOUR = 3_600_000;

/** A connector that hears, and answers as it is told to. */
class Ear {
  readonly heard: HeardEvent[] = [];
  answer: (event: HeardEvent) => Outcome | Promise<Outcome> = () => accepted();
  readonly definition: ConnectorDefinition;

  constructor(name: string, more: Pick<ConnectorDefinition, 'subscribes' | 'purposes'>) {
    this.definition = defineConnector({
      ...{ name, channel: name, sdk: '^1.0.0', stability: 'beta' },
      settings: z.object({}),
      capabilities: { receipts: false, reconcile: 'none', timeLimit: 600_000 },
      ...more,
      onEvent: async (event) => {
        this.heard.push(event);
        return this.answer(event);
      },
    });
  }

  /** Names of what was heard of somebody, in order. */
  of(profileId: string): (string | undefined)[] {
    return this.heard
      .filter(({ subjectId }) => subjectId === profileId)
      .map((one) => (one.kind === 'fact' ? one.fact : (one.event.event ?? one.event.type)));
  }
}

describe('a connector that listens', () => {
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  const ear = new Ear('ear', {
    subscribes: ['Order Completed', 'Viewed', 'identify'],
    purposes: ['analytics'],
  });
  const deaf = new Ear('deaf', { subscribes: ['*'], purposes: ['analytics', 'research'] });
  const clerk = new Ear('clerk', { subscribes: ['task.*'] });
  let core: CoreUnderTest;
  beforeAll(async () => {
    const connectors = [ear, deaf, clerk].map(({ definition }) => definition);
    core = await startCore({ clock, connectors });
  });
  afterAll(() => core.stop());

  const track = (userId: string, event: string, more: object = {}) =>
    visibly(core.call, '/v1/track', { userId, event, ...more });
  const says = (granted: boolean, purposes = ['analytics']) => ({
    context: {
      consent: { categoryPreferences: Object.fromEntries(purposes.map((purpose) => [purpose, granted])) },
    },
  });
  const waiting = () => core.database.query('SELECT connector FROM connector_event');
  const quiet = () => until('nothing to be told', async () => (await waiting()).length === 0);

  it('hears what it subscribes to of those who consent to its purposes, in order, without what is sensitive', async () => {
    const { profileId } = await track('ann', 'Viewed');
    await track('ann', 'Viewed', { properties: { sku: 'a' }, ...says(true) });
    await track('ann', 'Clicked');
    await visibly(core.call, '/v1/identify', {
      userId: 'ann',
      traits: { plan: 'gold', birthday: '1990-01-01' },
    });
    await track('ann', 'Order Completed', { properties: { total: 9 } });
    await track('ann', 'Viewed', { integrations: { ear: false } });
    await track('ann', 'Viewed', says(false));
    await track('ann', 'Order Completed');
    await until('the last that is told', async () => ear.of(profileId).length >= 3);
    await quiet();
    expect(ear.of(profileId)).toEqual(['Viewed', 'identify', 'Order Completed']);
    expect(ear.heard[0]).toMatchObject({
      ...{ kind: 'tracking', subjectId: profileId },
      event: { type: 'track', event: 'Viewed', userId: 'ann', properties: { sku: 'a' } },
    });
    expect(ear.heard[1]).toMatchObject({ event: { traits: { plan: 'gold', birthday: '•••' } } });
    expect(deaf.of(profileId)).toEqual([]);
  });

  it('hears again what it did not take, under the same id, while others’ events go on and the person’s own wait', async () => {
    ear.answer = ({ subjectId }) => (subjectId === bob ? unknown('the line broke') : accepted());
    const { profileId: bob } = await track('bob', 'Viewed', says(true));
    await track('bob', 'Order Completed');
    const { profileId: cy } = await track('cy', 'Viewed', says(true));
    await until('the other', async () => ear.of(cy).length === 1);
    await until('the first try', async () => ear.of(bob).length === 1);
    ear.answer = () => accepted();
    clock.advance(HOUR);
    await quiet();
    expect(ear.of(bob)).toEqual(['Viewed', 'Viewed', 'Order Completed']);
    const [first, second] = ear.heard.filter(({ subjectId }) => subjectId === bob);
    expect(second?.id).toBe(first?.id);
  });

  it('is not told what a person no longer consents to, though it waited', async () => {
    ear.answer = () => rejected('EAR.BUSY', { retryable: true });
    const { profileId } = await track('dan', 'Viewed', says(true));
    await until('the first try', async () => ear.of(profileId).length === 1);
    await until('it to wait', async () => {
      const [row] = await core.database.query<{ free: boolean }>(
        'SELECT leased_until IS NULL AS free FROM connector_event',
      );
      return row?.free;
    });
    await track('dan', 'Order Refunded', says(false));
    ear.answer = () => accepted();
    clock.advance(HOUR);
    await quiet();
    expect(ear.of(profileId)).toEqual(['Viewed']);
  });

  it('finds what it refused among the dead letters, and hears it when they are replayed', async () => {
    ear.answer = () => rejected('EAR.NO', { retryable: false, detail: 'no such account' });
    const { profileId } = await track('eve', 'Viewed', says(true));
    const letter = await until('the dead letter', async () => {
      const route = 'GET /v1/dead-letters?type=connector.event';
      const { body } = await core.call<{ items: { id: string; reason: string; event: object }[] }>(route, {
        key: 'admin',
      });
      return body.items[0];
    });
    expect(letter).toMatchObject({
      ...{ reason: 'no such account', attempts: 1, cause: 'permanent' },
      event: { subject: profileId, data: { connector: 'ear' } },
    });
    ear.answer = () => accepted();
    await core.call(`/v1/dead-letters/${letter.id}/replay`, { key: 'admin' });
    await until('it again', async () => ear.of(profileId).length === 2);
    await quiet();
  });

  it('hears facts of the hub by ids alone, while another that hangs holds up neither it nor anything else', async () => {
    let letGo = () => undefined as void;
    const hanging = new Promise<Outcome>((resolve) => (letGo = () => resolve(accepted())));
    deaf.answer = () => hanging;
    for (let n = 0; n < 7; n += 1) await track(`f${n}`, 'Viewed', says(true, ['analytics', 'research']));
    await until('all that may be under way', async () => deaf.heard.length === 5);
    const { body } = await core.call<{ id: string }>('/v1/tasks', {
      key: 'admin',
      body: { kind: 'other', subject: 'Look into it' },
    });
    await until('the task', async () => clerk.heard.length === 1);
    expect(clerk.heard[0]).toMatchObject({ kind: 'fact', fact: 'task.created', data: { taskId: body.id } });
    expect(deaf.heard).toHaveLength(5);
    letGo();
    await quiet();
    expect(deaf.heard).toHaveLength(7);
  });

  it('hears nothing more of somebody who was erased', async () => {
    ear.answer = () => rejected('EAR.BUSY', { retryable: true });
    const { profileId } = await track('gus', 'Viewed', says(true));
    await until('the first try', async () => ear.of(profileId).length === 1);
    await core.call(`DELETE /v1/profiles/${profileId}`, { key: 'admin' });
    await quiet();
    ear.answer = () => accepted();
    clock.advance(HOUR);
    expect(ear.of(profileId)).toEqual(['Viewed']);
  });
});
