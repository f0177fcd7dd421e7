import { CUSTOMER, identityRequests } from './identity-requests.js';

interface Sent {
  messageId: string;
  userId?: string;
  anonymousId?: string;
  context?: { externalIds?: { id: string; type: string }[] };
  traits?: Record<string, unknown>;
}

const settings = { key: 'server', people: 100, run: 'run', firstPerson: 10 };

function bodies(request: 'known' | 'alike'): Sent[] {
  const make = identityRequests({ ...settings, request }, 8);
  return Array.from({ length: 8 }, (_, n) => {
    const text = make(n);
    expect(text).toContain('prefer: visible, wait=10\r\n');
    return JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)) as Sent;
  });
}

describe('what identity is asked', () => {
  it('names known people, every second time with something new', () => {
    const sent = bodies('known');
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(8);
    for (const { userId } of sent) expect(userId).toMatch(/^bench-\d+$/);
    const fresh = sent.map(({ anonymousId, context }) => anonymousId ?? context?.externalIds?.[0]?.id);
    expect(fresh).toEqual([
      undefined,
      'run-device-1',
      undefined,
      'run-3',
      undefined,
      'run-device-5',
      undefined,
      'run-7',
    ]);
  });

  it('mistypes people who gave their names, each once, without what would name them', () => {
    const sent = bodies('alike');
    const numbers = sent.map(({ context }) => Number(context?.externalIds?.[0]?.id.split('-of-')[1]));
    expect(numbers).toEqual([10, 12, 14, 16, 18, 20, 22, 24]);
    for (const { context, traits, userId } of sent) {
      expect(context?.externalIds?.[0]?.type).toBe(CUSTOMER);
      expect([userId, traits?.['email'], traits?.['phone']]).toEqual([undefined, undefined, undefined]);
      expect(traits?.['birthday']).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
});
