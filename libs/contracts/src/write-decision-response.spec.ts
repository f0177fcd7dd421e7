import fc from 'fast-check';
import type { DecisionResponse } from './decisions.js';
import { writeDecisionResponse } from './write-decision-response.js';

const text = fc.string({ unit: 'grapheme' });
const key = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
const token = fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/);
const content = fc.dictionary(text, fc.oneof(text, fc.double(), fc.constant(null), fc.array(text)));
const when = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
const offer = fc.record(
  {
    offer: key,
    treatment: key,
    content,
    reason: text,
    priority: fc.double(),
    countdown: fc.record({ endsAt: when, secondsLeft: fc.nat() }),
    bundle: fc.array(key),
    token,
    validUntil: when,
    links: fc.record({
      click: token.map((end) => `https://hub.example.org/r/${end}`),
      impression: token.map((end) => `https://hub.example.org/o/${end}.gif`),
    }),
  },
  { requiredKeys: ['offer', 'treatment', 'content', 'reason', 'priority', 'token', 'validUntil', 'links'] },
);
const zone = fc.record(
  { zone: key, fallback: fc.option(content), offers: fc.array(offer, { maxLength: 3 }), reason: text },
  { requiredKeys: ['zone', 'fallback', 'offers'] },
);
const response = fc.record(
  {
    decisionId: fc.uuid(),
    profileId: fc.option(fc.uuid()),
    dialogueId: fc.uuid(),
    zones: fc.array(zone, { maxLength: 3 }),
    explanation: fc.jsonValue(),
  },
  { requiredKeys: ['decisionId', 'profileId', 'dialogueId', 'zones'] },
);

describe('the answer to a decision', () => {
  it('is the JSON that it would be otherwise', () => {
    fc.assert(
      fc.property(response, (answer: DecisionResponse) => {
        expect(JSON.parse(writeDecisionResponse(answer))).toEqual(JSON.parse(JSON.stringify(answer)));
      }),
      { numRuns: 300 },
    );
  });
});
