import { apply } from './apply.js';
import type { Mailbox } from './mailbox.js';
import type { CoreUnderTest } from './start-core.js';
import { until, visibly } from './visibly.js';
import { visit } from './visitor.js';

const SHOP = {
  version: 1,
  zones: [
    { key: 'home.hero', channel: 'web', fallback: { headline: 'Welcome' } },
    { key: 'email.main', channel: 'email' },
  ],
  offers: [
    { key: 'tea', name: 'Tea', value: 5 },
    { key: 'gold', name: 'Gold', value: 100, eligibility: 'has(profile.traits.tier)' },
  ],
  treatments: [
    { key: 'tea.hero', offer: 'tea', channel: 'web', zones: ['home.hero'], content: { headline: 'Tea' } },
    {
      key: 'gold.hero',
      offer: 'gold',
      channel: 'web',
      zones: ['home.hero'],
      content: { headline: 'For {{ profile.traits.name }}' },
    },
    {
      key: 'tea.mail',
      offer: 'tea',
      channel: 'email',
      zones: ['email.main'],
      content: {
        subject: 'Tea for {{ profile.traits.name }}',
        html: '<p><a href="{{ links.click }}">Yes</a></p>',
      },
    },
  ],
  reactions: [{ key: 'greet', on: { event: 'Greeted' }, action: { channel: 'email', zone: 'email.main' } }],
};

/** Everything that tells who Ann is: none of it may be found anywhere once she is erased. */
export const ANN = {
  userId: 'ann-4711-shop',
  anonymousId: 'ann-laptop-anonymous',
  loyaltyId: 'LOYAL-ANN-77',
  email: 'Ann.Abelard@Example.org',
  phone: '+1 (415) 555-2671',
  name: 'Ann Abelard-Quistgaard',
  street: 'Quince Lane 93',
  birthday: '1984-07-13',
  orderId: 'ORDER-OF-ANN-1',
  messageId: 'message-of-ann-4711',
  query: 'gift for mother Adelheid',
  quarantined: 'broken event of Ann',
} as const;

/** As she stands in tables, whatever was sent: e-mail in lower case, phone as E.164, names and streets word by word. */
export const TEXTS_OF_ANN = [...Object.values(ANN), '+14155552671', 'Quistgaard', 'Quince'];

export interface Story {
  profileId: string;
  /** Ids under which Ann's devices were known before. */
  formerId: string;
  decisionId: string;
  token: string;
}

/** Puts a catalogue in force with which {@link tellAnn} works. */
export function openShop(core: CoreUnderTest): Promise<void> {
  return apply(core, SHOP);
}

/** Ann browses, signs in, buys, gets a mail, is decided for, and leaves traces in every corner. */
export async function tellAnn(core: CoreUnderTest, mailbox: Mailbox): Promise<Story> {
  const { call } = core;
  const device = await visit(core, { anonymousId: ANN.anonymousId });
  await device.decide({ context: { search: ANN.query } });
  const browsing = await visibly(
    call,
    '/v1/track',
    { anonymousId: ANN.anonymousId, event: 'Products Searched', properties: { query: ANN.query } },
    { key: 'write' },
  );
  await visibly(call, '/v1/identify', {
    userId: ANN.userId,
    messageId: ANN.messageId,
    traits: {
      email: ANN.email,
      phone: ANN.phone,
      name: ANN.name,
      tier: 'gold',
      birthday: ANN.birthday,
      address: { street: ANN.street },
    },
    context: {
      externalIds: [{ type: 'loyalty_id', id: ANN.loyaltyId, collection: 'users', encoding: 'none' }],
    },
  });
  const signedIn = await visit(core, { anonymousId: ANN.anonymousId, userId: ANN.userId });
  const decision = await signedIn.decide({ context: { search: ANN.query } });
  const offer = decision.zones[0]?.offers[0];
  if (!offer) throw new Error('Ann is offered nothing');
  await visibly(call, '/v1/responses', {
    responseId: 'r1',
    token: offer.token,
    type: 'accept',
    reason: ANN.query,
  });
  await visibly(call, '/v1/track', {
    userId: ANN.userId,
    event: 'Order Completed',
    properties: { order_id: ANN.orderId, total: 12, currency: 'EUR', shipping_address: ANN.street },
  });
  await call('/v1/messages', {
    body: {
      identifiers: { userId: ANN.userId },
      channel: 'email',
      template: 'tea.mail',
      class: 'marketing',
      data: { remark: ANN.query },
    },
  });
  await mailbox.mailTo(ANN.email.toLowerCase());
  await leaveTraces(core);
  const { body } = await call<{ id: string }>('/v1/profiles/lookup', {
    body: { identifiers: { email: ANN.email } },
    headers: { 'idempotency-key': 'ann-lookup' },
  });
  await until(
    'the receipt',
    async () => (await call(`GET /v1/decisions/${decision.decisionId}`)).status === 200,
  );
  return {
    profileId: body.id,
    formerId: browsing.profileId,
    decisionId: decision.decisionId,
    token: offer.token,
  };
}

/** What fails, waits or was given up speaks of people too. */
async function leaveTraces({ call, database }: CoreUnderTest): Promise<void> {
  await call('/v1/calls', { body: { callId: 'call-of-ann', event: 'ended', number: ANN.phone } });
  await call('/v1/tasks', { body: { kind: 'call_back', subject: ANN.name, number: ANN.phone } });
  await call('/v1/track', {
    body: { userId: ANN.userId, type: 'track', properties: { note: ANN.quarantined } },
  });
  await call('/v1/batch', {
    body: { batch: [{ type: 'nothing', email: ANN.email, note: ANN.quarantined }] },
  });
  const event = (data: object) =>
    JSON.stringify({ specversion: '1.0', id: 'x', type: 'x', source: '/x', data });
  await database.query(
    `INSERT INTO dead_letter (id, type, event, attempts, cause, reason, failed_at)
     VALUES (gen_random_uuid(), 'x', $1, 1, 'permanent', 'x', now())`,
    [event({ to: { address: ANN.email.toLowerCase(), name: ANN.name } })],
  );
  await database.query(
    `INSERT INTO bus_message (id, slot, type, event, available_at)
     VALUES (gen_random_uuid(), 0, 'x', $1, now() + interval '1 year')`,
    [event({ phone: ANN.phone, name: ANN.name })],
  );
}
