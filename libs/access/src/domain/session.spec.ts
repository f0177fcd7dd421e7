import fc from 'fast-check';
import { readSession, SESSION_LIFETIME_MS, writeSession } from './session.js';

describe('sessions', () => {
  it('are read as they were written, until they expire', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    const session = fc.record(
      {
        source: text,
        anonymousId: text,
        userId: text,
        device: text,
        proved: text,
        expiresAt: fc.integer({ min: 1 }),
      },
      { requiredKeys: ['source', 'anonymousId', 'expiresAt'] },
    );
    fc.assert(
      fc.property(session, (written) => {
        expect(readSession(writeSession(written), written.expiresAt - 1)).toEqual(written);
        expect(readSession(writeSession(written), written.expiresAt)).toBeNull();
      }),
    );
  });

  it('last twelve hours', () => {
    expect(SESSION_LIFETIME_MS).toBe(43_200_000);
  });
});
