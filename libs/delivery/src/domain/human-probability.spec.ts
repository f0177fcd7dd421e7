import { humanProbability, type LinkSigns } from './human-probability.js';

const person: LinkSigns = {
  method: 'GET',
  userAgent:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
  purpose: undefined,
  secondsSinceSent: 3600,
  othersWithinSecond: 0,
};

describe('humanProbability', () => {
  it('takes a browser an hour later for a person', () => expect(humanProbability(person)).toBe(0.95));

  it.each<[string, Partial<LinkSigns>, number]>([
    ['a HEAD request', { method: 'HEAD' }, 0.05],
    ['a prefetch', { purpose: 'prefetch;prerender' }, 0.2],
    ['a scanner that says so', { userAgent: 'Mozilla/5.0 (compatible; Mimecast URL Scanner)' }, 0.2],
    ['a library', { userAgent: 'python-requests/2.32' }, 0.3],
    ['nobody', { userAgent: undefined }, 0.5],
    ['all links of a mail at once', { othersWithinSecond: 3 }, 0.2],
    ['seconds after it was sent, with company', { secondsSinceSent: 1, othersWithinSecond: 1 }, 0.3],
  ])('doubts %s', (_what, signs, most) => {
    const found = humanProbability({ ...person, ...signs });
    expect(found).toBeLessThan(most);
    expect(found).toBeGreaterThan(0);
  });

  it('does not doubt a quick person much', () => {
    expect(humanProbability({ ...person, secondsSinceSent: 20 })).toBeGreaterThan(0.85);
    expect(humanProbability({ ...person, othersWithinSecond: 1 })).toBeGreaterThan(0.7);
  });

  it('never rises by a sign', () => {
    for (const signs of [
      { method: 'HEAD' },
      { userAgent: '' },
      { othersWithinSecond: 9 },
      { secondsSinceSent: 0 },
    ])
      expect(humanProbability({ ...person, ...signs })).toBeLessThan(humanProbability(person));
  });
});
