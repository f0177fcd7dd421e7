import { checkFacts, type Fact } from './facts.js';

const attemptId = '019312d0-0000-7000-8000-000000000001';

describe('checkFacts', () => {
  it.each<Fact>([
    { kind: 'receipt', attemptId, status: 'delivered', at: '2026-01-02T03:04:05Z' },
    { kind: 'receipt', providerId: 'SM1', status: 'bounced', permanent: true, code: '5.1.1', id: 'r-1' },
    { kind: 'receipt', address: 'ann@example.org', status: 'complained' },
    { kind: 'response', token: 't', type: 'click', humanProbability: 0.2 },
    { kind: 'event', event: { type: 'track', userId: '42', event: 'Call Ended' } },
    { kind: 'opt-out', address: '+14155550100', sender: '+14155550199', scope: 'sender', text: 'STOP' },
    { kind: 'opt-in', address: '+14155550100', purpose: 'newsletter' },
    { kind: 'message', address: '+14155550100', text: 'Hallo?', looksLikeRefusal: false },
  ])('takes %j', (fact) => {
    expect(checkFacts([fact])).toEqual({ facts: [expect.objectContaining(fact)], refused: [] });
  });

  it('keeps the right ones beside the wrong ones, and says what is wrong', () => {
    const right: Fact = { kind: 'opt-out', address: 'ann@example.org' };
    const wrong = [
      { kind: 'receipt', status: 'delivered' },
      { kind: 'response', token: 't', type: 'click', humanProbability: 2 },
      { kind: 'rumour' },
      'nothing',
    ];
    const { facts, refused } = checkFacts([right, ...wrong]);
    expect(facts).toEqual([right]);
    expect(refused.map(({ index }) => index)).toEqual([1, 2, 3, 4]);
    expect(refused[0]?.problem).toContain('names an attempt');
  });

  it('makes words storable instead of losing them', () => {
    const { facts } = checkFacts([{ kind: 'message', address: 'a', text: 'a\0b\ud800c' }]);
    expect(facts).toEqual([{ kind: 'message', address: 'a', text: 'ab\ufffdc' }]);
  });
});
