import { PROBE } from './generator/visibility.js';

const OFFERS = 20;

/** Twenty offers that ask one question each about the person, all for one zone, and one that waits for a probe. */
export function benchCatalogue(): object {
  const keys = Array.from({ length: OFFERS }, (_, index) => `bench-${String(index + 1).padStart(2, '0')}`);
  const conditions = [
    'profile.traits.tier == "gold"',
    'profile.traits.country == "DE"',
    'profile.traits.tier != "bronze"',
  ];
  const treatment = (offer: string, zone: string) => ({
    key: `${offer}-web`,
    offer,
    channel: 'web',
    zones: [zone],
    content: {
      headline: `Offer ${offer}`,
      body: 'Only this week.',
      cta: { label: 'See it', url: `https://shop.example.org/${offer}` },
    },
  });
  return {
    version: 1,
    zones: ['bench.home', PROBE.zone].map((key) => ({
      key,
      channel: 'web',
      fallback: { headline: 'Welcome' },
    })),
    offers: [
      ...keys.map((key, index) => ({
        key,
        name: key,
        value: 5 + index,
        eligibility: conditions[index % conditions.length],
      })),
      {
        key: PROBE.offer,
        name: PROBE.offer,
        value: 1,
        eligibility: `profile.traits.${PROBE.trait} == "yes"`,
      },
    ],
    treatments: [...keys.map((key) => treatment(key, 'bench.home')), treatment(PROBE.offer, PROBE.zone)],
  };
}
