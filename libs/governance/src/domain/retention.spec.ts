import { cutoffs, retentionSchema } from './retention.js';

const now = Date.UTC(2026, 0, 31);

describe('retention', () => {
  it('keeps everything unless told', () => {
    expect(cutoffs(retentionSchema.parse({}), now)).toEqual([]);
  });

  it('lets the rule of a source go before the general one, class by class', () => {
    const rules = [
      { kind: 'events', keepDays: 30 },
      { kind: 'events', source: 'app', keepDays: 10 },
      { kind: 'events', class: 'sensitive', keepDays: 1 },
    ];
    const found = cutoffs(retentionSchema.parse({ rules }), now);
    expect(found).toMatchObject([
      { source: null, except: ['app'], class: null, before: new Date('2026-01-01T00:00:00Z') },
      { source: 'app', except: [], before: new Date('2026-01-21T00:00:00Z') },
      { source: null, except: [], class: 'sensitive' },
    ]);
    expect(new Set(found.map(({ rule }) => rule)).size).toBe(3);
  });

  it.each([
    [
      'two rules for one thing',
      [
        { kind: 'audit', keepDays: 1 },
        { kind: 'audit', keepDays: 2 },
      ],
    ],
    ['a source of what knows none', [{ kind: 'decisions', source: 'app', keepDays: 1 }]],
    ['fields of what has none', [{ kind: 'deliveries', class: 'contact', keepDays: 1 }]],
    ['no time at all', [{ kind: 'audit', keepDays: 0 }]],
    ['a kind nobody knows', [{ kind: 'secrets', keepDays: 1 }]],
  ])('refuses %s', (_what, rules) => {
    expect(retentionSchema.safeParse({ rules }).success).toBe(false);
  });
});
