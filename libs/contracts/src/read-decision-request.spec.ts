import fc from 'fast-check';
import { decisionRequestSchema } from './decisions.js';
import { readDecisionRequest } from './read-decision-request.js';

const text = fc.oneof(
  fc.string(),
  fc.string({ minLength: 60, maxLength: 520 }),
  fc.constantFrom('', null, 7, {}, []),
);
const zone = fc.oneof(
  fc.record(
    {
      zone: text,
      count: fc.oneof(fc.integer({ min: -1, max: 60 }), fc.constantFrom(1.5, '1', null, undefined)),
    },
    { requiredKeys: [] },
  ),
  fc.constantFrom(null, 'home.hero', { zone: 'a', colour: 'red' }),
);
const request = fc.record(
  {
    identifiers: fc.oneof(
      fc.dictionary(fc.string(), text, { maxKeys: 22 }),
      fc.constantFrom(null, [], 'ann'),
    ),
    channel: text,
    zones: fc.oneof(fc.array(zone, { maxLength: 22 }), fc.constantFrom(null, {})),
    context: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(null, [], 'x')),
    locale: fc.constantFrom('en', null, 3),
    explain: fc.constantFrom(true, 'yes'),
    stranger: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

const said = (read: ReturnType<typeof readDecisionRequest>) => (read.success ? read.data : read.error.issues);

describe('readDecisionRequest', () => {
  it('says what the schema says, of every body', () => {
    fc.assert(
      fc.property(fc.oneof(request, fc.jsonValue()), (sent) => {
        expect(said(readDecisionRequest(sent))).toEqual(said(decisionRequestSchema.safeParse(sent)));
      }),
      { numRuns: 2000 },
    );
  });

  it('fills in what is left out', () => {
    const sent = { identifiers: { userId: 'ann' }, channel: 'web', zones: [{ zone: 'home.hero' }] };
    expect(readDecisionRequest(sent)).toEqual({
      success: true,
      data: { ...sent, zones: [{ zone: 'home.hero', count: 1 }], context: {} },
    });
  });
});
