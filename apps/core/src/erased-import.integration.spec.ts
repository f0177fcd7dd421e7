import type { PrivacyRequest } from '@repartee/governance';
import type { ProfileDocument } from '@repartee/profile/domain';
import { openShop } from './testing/ann.js';
import { imported } from './testing/imports.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { searchEverywhere } from './testing/search-everywhere.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until } from './testing/visibly.js';

jest.setTimeout(60_000);

const ANN = 'ann.abelard@example.org';
const BEA = 'bea@example.org';
const mapping = {
  type: 'track',
  fields: [
    { from: 'customer', to: 'userId' },
    { from: 'mail', to: 'identifiers.email', as: 'email' },
    { from: 'campaign', to: 'properties.campaign' },
    { value: 'Greeted', to: 'event' },
  ],
};
const file = (campaign: string, ann = 'ann-4711') =>
  `customer,mail,campaign\n${ann},${ANN},${campaign}\nbea-12,${BEA},${campaign}\n`;

/** Every row of these files starts a reaction that writes to the person. */
describe('an import after an erasure', () => {
  let core: CoreUnderTest;
  let mailbox: Mailbox;
  const take = (text: string) => imported(core.call, text, { mapping, source: 'crm', format: 'csv' });
  const profile = (reference: string) => core.call<ProfileDocument>(`GET /v1/profiles/${reference}`);
  /** How the sends of a person ended, once all of them have. */
  const deliveries = (userId: string) =>
    until('the deliveries to end', async () => {
      const { body } = await core.call<{ items: { status: string; reason: string | null }[] }>(
        `GET /v1/deliveries?profile=user_id:${userId}`,
      );
      const open = body.items.some(({ status }) => ['planned', 'sending'].includes(status));
      return body.items.length > 0 && !open && body.items;
    });

  beforeAll(async () => {
    mailbox = await openMailbox();
    core = await startCore({ environment: mailbox.environment });
    await openShop(core);
    await take(file('spring'));
    await Promise.all([mailbox.mailTo(ANN), mailbox.mailTo(BEA)]);
    const { body } = await core.call<{ requestId: string }>('DELETE /v1/profiles/user_id:ann-4711');
    await until('the erasure', async () => {
      const found = await core.call<PrivacyRequest>(`GET /v1/privacy-requests/${body.requestId}`);
      return found.body.status === 'completed';
    });
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
  });

  it('of the same file changes nothing', async () => {
    expect(await take(file('spring'))).toMatchObject({ state: 'done', events: { written: 0, known: 2 } });
    expect((await profile('user_id:ann-4711')).status).toBe(404);
  });

  it('of the next file writes to everybody else', async () => {
    expect(await take(file('summer'))).toMatchObject({ state: 'done', events: { written: 2 } });
    await mailbox.mailTo(BEA, 2);
    await until('the event to be dropped', async () => {
      const { text } = await core.call('GET /metrics');
      return /^repartee_events_of_erased_total [1-9]/m.test(text);
    });
    expect((await profile('user_id:ann-4711')).status).toBe(404);
    expect((await profile(`email:${ANN}`)).status).toBe(404);
    expect(await searchEverywhere(core, [ANN, 'ann-4711'])).toEqual([]);
    expect(mailbox.mailsTo(ANN)).toHaveLength(1);
  });

  it('that has her under another number reaches for her, and is refused with the reason', async () => {
    await take(file('autumn', 'crm-90210'));
    await mailbox.mailTo(BEA, 3);
    expect(await deliveries('crm-90210')).toMatchObject([
      { status: 'rejected', reason: 'the person has no email' },
    ]);
    const { body } = await profile('user_id:crm-90210');
    expect(body.identifiers.map(({ namespace }) => namespace)).toEqual(['user_id']);
    expect(await searchEverywhere(core, [ANN])).toEqual([]);
    expect(mailbox.mailsTo(ANN)).toHaveLength(1);
  });

  it('writes to her again once she has asked for that', async () => {
    const identifiers = { email: ANN };
    expect((await core.call('/v1/do-not-contact/release', { body: { identifiers } })).body).toEqual({
      released: 1,
    });
    await take(file('winter', 'crm-90210'));
    await mailbox.mailTo(ANN, 2);
    expect((await profile(`email:${ANN}`)).body.identifiers).toContainEqual(
      expect.objectContaining({ namespace: 'user_id', value: 'crm-90210' }),
    );
  });
});
