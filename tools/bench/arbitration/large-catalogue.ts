import { ARBITRATED } from '../generator/requests.js';

const GROUPS = 10;
const ISSUES = ['sell', 'keep', 'serve'];
const TIERS = ['gold', 'silver', 'bronze'];
const COUNTRIES = ['DE', 'FR'];
/** The offer that everybody gets who may have it, as it is worth so much. It is under a hard cap. */
const SCARCE = 2;

/** Everybody who may have what is under a hard cap, and the tenth of the bench's people who are oldest. */
export const CAPPED_FROM = { all: 18, few: 72 };

const numbered = (what: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${what}-${String(index + 1).padStart(4, '0')}`);

/** Every tenth is under a hard cap. */
const isCapped = (index: number) => index % GROUPS === SCARCE;

/** Five conditions each: two ask what others ask too, three are the offer's own. Some four of five offers pass. */
function offer(key: string, index: number, cappedFrom: number) {
  const age = isCapped(index) ? cappedFrom : 18 + (index % 40);
  const country = isCapped(index) ? 'nowhere' : COUNTRIES[index % 2];
  return {
    key,
    name: key,
    group: `group-${index % GROUPS}`,
    value: index === SCARCE ? 1000 : 5 + (index % 37),
    repeatable: true,
    lever: index % 5,
    eligibility: `profile.traits.age >= ${age} || profile.traits.country == "${country}"`,
    applicability: `profile.traits.tier != "${TIERS[index % 3]}"`,
    suitability: `context.basket < ${1000 + index}.0`,
    contextWeights: [
      { when: `context.device == "${index % 2 ? 'mobile' : 'desktop'}"`, weight: 1.2 },
      { when: `context.basket > ${index % 90}.0 && profile.traits.tier == "gold"`, weight: 1.1 },
    ],
  };
}

/**
 * So many offers for three zones, with a hierarchy and contact policies, every tenth under a hard cap and for people of some age
 * and older. Takes the place of what was applied before.
 */
export function largeCatalogue(offers: number, cappedFrom = CAPPED_FROM.few): object {
  const keys = numbered('large', offers);
  const week = { type: 'contact', within: '7d' };
  return {
    version: 1,
    prune: true,
    zones: ARBITRATED.map((key) => ({ key, channel: 'web', fallback: { headline: 'Welcome' } })),
    issues: ISSUES.map((key) => ({ key, eligibility: 'profile.known' })),
    groups: Array.from({ length: GROUPS }, (_, index) => ({
      key: `group-${index}`,
      issue: ISSUES[index % ISSUES.length],
    })),
    offers: keys.map((key, index) => offer(key, index, cappedFrom)),
    treatments: keys.map((key) => ({
      key: `${key}-web`,
      offer: key,
      channel: 'web',
      zones: ARBITRATED,
      content: { headline: `Offer ${key}`, body: 'Only this week.' },
    })),
    policies: [
      { ...week, key: 'rest-offer', outcomes: ['click'], count: 3, suppress: 'offer' },
      { ...week, key: 'rest-group', outcomes: ['reject'], count: 2, suppress: 'group', for: '1d' },
      { ...week, key: 'rest-channel', outcomes: ['dismiss'], count: 20, suppress: 'channel', for: '1h' },
      {
        key: 'enough',
        type: 'cap',
        of: { offers: keys.filter((_, index) => isCapped(index)) },
        limit: 1_000_000_000,
      },
    ],
  };
}
