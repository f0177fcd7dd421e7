import type { Offer } from '../repartee.js';

export function anOffer(token = 'token-1'): Offer {
  return {
    offer: 'welcome',
    treatment: 'welcome.web',
    content: { headline: 'Hello' },
    reason: 'eligible',
    priority: 1,
    token,
    validUntil: '2030-01-01T00:00:00.000Z',
    links: { click: '/r/1', impression: '/o/1.gif' },
  };
}
