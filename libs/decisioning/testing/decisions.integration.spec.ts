import type { DecisionResponse } from '@repartee/contracts';
import { LearningFeed, PropensityModel } from '@repartee/learning';
import { newId } from '@repartee/platform';
import { person } from '../src/domain/testing/sample-catalogue.js';
import { applyResponse } from '../src/domain/index.js';
import {
  Decisions,
  OfferTokens,
  Receipts,
  type DecisionQuestion,
  type DecisionSubject,
} from '../src/index.js';
import { install, type Installation, type RunningProcess } from './decisioning-app.js';

const DAY = 24 * 60 * 60 * 1000;
const offers = [
  { key: 'cart', name: 'Your cart', value: 12, eligibility: 'profile.known' },
  { key: 'news', name: 'News', value: 1 },
  { key: 'soon-over', name: 'Flash', value: 2, validUntil: '2026-01-15T13:00:00Z' },
  { key: 'broken', name: 'Broken', value: 0.1 },
];

describe('decisions', () => {
  let installation: Installation;
  let process: RunningProcess;

  beforeAll(async () => {
    installation = await install();
    process = await installation.start();
    await process.apply({
      zones: [
        { key: 'home.hero', channel: 'web', fallback: { headline: 'Welcome' } },
        { key: 'empty', channel: 'web', fallback: { headline: 'Nothing today' } },
        { key: 'broken.only', channel: 'web' },
        { key: 'inbox', channel: 'email' },
      ],
      offers,
      treatments: offers.map(({ key }) => ({
        key: `${key}.web`,
        offer: key,
        channel: 'web',
        zones: key === 'broken' ? ['broken.only'] : ['home.hero'],
        content: { headline: key === 'broken' ? '{broken}' : '{offer} waits' },
      })),
    });
  });
  afterAll(() => installation.remove());

  const stranger: DecisionSubject = {
    view: person(),
    profileId: null,
    profileVersion: 0,
    anonymousId: 'visitor-1',
  };
  const question = (more: Partial<DecisionQuestion> = {}): DecisionQuestion => ({
    channel: 'web',
    zones: [{ zone: 'home.hero', count: 1 }],
    context: {},
    dialogueId: newId(),
    ...more,
  });
  const decide = async (subject: DecisionSubject, asked: DecisionQuestion): Promise<DecisionResponse> => {
    const decided = await process.get(Decisions).decide(subject, asked);
    if (!decided.ok) throw new Error(decided.failure.detail);
    return decided.value;
  };

  it('serve a stranger, with content, token, links and a reason', async () => {
    const asked = question();
    const decided = await decide(stranger, asked);
    const [offer] = decided.zones[0]!.offers;
    expect(decided).toMatchObject({
      profileId: null,
      dialogueId: asked.dialogueId,
      zones: [{ zone: 'home.hero', fallback: null }],
    });
    expect(offer).toMatchObject({
      offer: 'soon-over',
      treatment: 'soon-over.web',
      content: { headline: 'Flash waits' },
      reason: 'Not shown before; 5 % likely to say yes, worth 2.',
      priority: expect.closeTo(0.1, 10),
      validUntil: '2026-01-15T13:00:00.000Z',
      links: {
        click: `https://hub.example.org/r/${offer!.token}`,
        impression: `https://hub.example.org/o/${offer!.token}.gif`,
      },
    });
    expect(process.get(OfferTokens).open(offer!.token)).toEqual({
      decisionId: decided.decisionId,
      reserved: false,
      offer: 'soon-over',
      treatment: 'soon-over.web',
      zone: 'home.hero',
      channel: 'web',
      stage: 'new',
      profileId: null,
      anonymousId: 'visitor-1',
      dialogueId: asked.dialogueId,
      issuedAt: process.clock.now(),
      validUntil: Date.UTC(2026, 0, 15, 13),
    });
    expect(process.get(OfferTokens).open(`${offer!.token.slice(0, -2)}AA`)).toBeNull();
  });

  it('end acceptance after a day when the offer names no end', async () => {
    const known = { ...stranger, view: person({ known: true }), profileId: newId(), profileVersion: 3 };
    const [offer] = (await decide(known, question())).zones[0]!.offers;
    expect(offer).toMatchObject({
      offer: 'cart',
      validUntil: new Date(process.clock.now() + DAY).toISOString(),
    });
  });

  it('fall back when nothing is left, and survive content that fails', async () => {
    const decided = await decide(
      stranger,
      question({ zones: ['empty', 'broken.only'].map((zone) => ({ zone, count: 2 })), explain: true }),
    );
    expect(decided.zones).toEqual([
      { zone: 'empty', fallback: { headline: 'Nothing today' }, offers: [] },
      { zone: 'broken.only', fallback: null, offers: [] },
    ]);
    expect(decided.explanation).toMatchObject({
      candidates: [
        {
          offer: 'broken',
          shown: false,
          rule: 'not-renderable',
          reason: 'Its content could not be rendered.',
        },
      ],
    });
  });

  it('refuse zones that do not exist or belong to another channel', async () => {
    const decisions = process.get(Decisions);
    expect(
      await decisions.decide(stranger, question({ zones: [{ zone: 'nowhere', count: 1 }] })),
    ).toMatchObject({
      ok: false,
      failure: { code: 'DECISION.UNKNOWN_ZONE', status: 422, errors: [{ pointer: '#/zones/0/zone' }] },
    });
    expect(
      await decisions.decide(stranger, question({ zones: [{ zone: 'inbox', count: 1 }] })),
    ).toMatchObject({
      ok: false,
      failure: { code: 'DECISION.ZONE_OF_OTHER_CHANNEL', status: 422 },
    });
  });

  it('change with what a person does: a click helps an offer, a rejection hurts it', async () => {
    const [first] = (await decide(stranger, question())).zones[0]!.offers;
    const token = process.get(OfferTokens).open(first!.token)!;
    const HOUR = 3_600_000;
    const respond = async (type: 'click' | 'reject', ago = 0) => {
      await installation.database.database.transaction((tx) =>
        process.get(PropensityModel).learn(tx, [{ ...token, response: type }]),
      );
      await process.get(LearningFeed).run();
      const memory = applyResponse(undefined, { id: type, type, at: process.clock.now() - ago });
      const view = person({ offers: { [token.offer]: { ...memory, lastAt: new Date(memory.lastAt ?? 0) } } });
      const zones = [{ zone: 'home.hero', count: 3 }];
      return (await decide({ ...stranger, view }, question({ zones }))).zones[0]!.offers;
    };
    const clicked = (await respond('click')).find(({ offer }) => offer === token.offer);
    expect(clicked!.priority).toBeGreaterThan(first!.priority);
    expect((await respond('reject')).map(({ offer }) => offer)).toEqual(['news']);
    const rejected = await respond('reject', HOUR);
    expect(rejected.find(({ offer }) => offer === token.offer)!.priority).toBeLessThan(first!.priority);
    expect(rejected[0]!.offer).toBe('news');
  });

  it('leave a receipt that is durable within 100 ms and can be read at once', async () => {
    const subject = { ...stranger, profileId: newId(), profileVersion: 7 };
    const asked = question({ context: { page: '/home' } });
    const { decisionId } = await decide(subject, asked);
    const url = `/v1/decisions/${decisionId}`;
    const expected = {
      decisionId,
      profileId: subject.profileId,
      profileVersion: 7,
      anonymousId: 'visitor-1',
      dialogueId: asked.dialogueId,
      context: { page: '/home' },
      zones: [{ zone: 'home.hero', count: 1 }],
    };
    expect(await process.call(url, process.keys.server)).toMatchObject({ status: 200, body: expected });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(process.get(Receipts).pending).toBe(0);
    const stored = await process.call(url, process.keys.admin);
    expect(stored).toMatchObject({ status: 200, body: expected });
    const candidates = stored.body['candidates'] as { offer: string; dropped: string | null }[];
    expect(candidates.map(({ offer, dropped }) => [offer, dropped])).toEqual([
      ['cart', 'not-eligible'],
      ['news', expect.anything()],
      ['soon-over', null],
    ]);
    expect((await process.call(url, process.keys.write)).status).toBe(403);
    expect(await process.call(`/v1/decisions/${newId()}`, process.keys.server)).toMatchObject({
      status: 404,
      body: { code: 'DECISION.NOT_FOUND' },
    });
    expect((await process.call('/v1/decisions/x', process.keys.server)).status).toBe(400);
  });

  it('keep the digest of a context that would make the receipt large', async () => {
    const { decisionId } = await decide(stranger, question({ context: { text: 'x'.repeat(5000) } }));
    const receipt = await process.get(Receipts).find(decisionId);
    expect(receipt).toMatchObject({ context: { sha256: expect.stringMatching(/^[\w-]{43}$/) } });
  });
});
