import {
  judge,
  plannedKey,
  trackingPlanSchema,
  type PlannedEvent,
  type TrackingPlan,
} from './tracking-plan.js';

const plan = trackingPlanSchema.parse({
  unplanned: 'block',
  events: [
    { name: 'Order Completed', schema: {}, mode: 'block' },
    { name: 'Product Viewed', schema: {} },
    { type: 'page' },
    { type: 'identify', schema: {} },
  ],
});
const find =
  ({ events }: TrackingPlan) =>
  (key: string) =>
    events.find((event) => plannedKey(event.type, event.name) === key);
/** A schema that wants a member `ok`. */
const check = ({ schema }: PlannedEvent) =>
  schema &&
  ((value: unknown) =>
    Object.hasOwn(value as object, 'ok') ? [] : [{ pointer: '/ok', detail: 'is missing' }]);
const finding = (event: Parameters<typeof judge>[1], of = plan) => judge(of, event, find(of), check);

describe('judge', () => {
  it('has nothing to say of an event that keeps the plan', () => {
    expect(finding({ type: 'track', event: 'Order Completed', properties: { ok: 1 } })).toBeUndefined();
    expect(finding({ type: 'page', name: 'Anything' })).toBeUndefined();
    expect(finding({ type: 'identify', traits: { ok: 1 } })).toBeUndefined();
  });

  it('says by which mode, and where', () => {
    expect(finding({ type: 'track', event: 'Order Completed', properties: {} })).toEqual({
      mode: 'block',
      code: 'GOVERNANCE.EVENT_OFF_PLAN',
      errors: [{ pointer: '#/properties/ok', detail: 'is missing' }],
    });
    expect(finding({ type: 'track', event: 'Product Viewed' })).toMatchObject({ mode: 'quarantine' });
    expect(finding({ type: 'identify' })).toMatchObject({ errors: [{ pointer: '#/traits/ok' }] });
  });

  it('knows what was not planned', () => {
    expect(finding({ type: 'track', event: 'Surprise' })).toMatchObject({
      mode: 'block',
      code: 'GOVERNANCE.EVENT_UNPLANNED',
    });
    const open = trackingPlanSchema.parse({});
    expect(finding({ type: 'track', event: 'Surprise' }, open)).toMatchObject({ mode: 'allow' });
  });
});
