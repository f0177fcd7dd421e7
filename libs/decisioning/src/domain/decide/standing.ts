import type { OfferSummary, ProfileView, Verdict } from '@repartee/profile/domain';
import type { CatalogueSnapshot, SharedRule, Standing } from '../catalogue/index.js';
import { NO_SUPPRESSIONS, suppressionsOf } from '../contact/index.js';

/** So many different verdicts of one rule are told apart; what goes beyond is worked out each time. */
const MOST_VERDICTS = 255;

/** Where a person stands with a catalogue, by their profile alone. */
export function standingOf(snapshot: CatalogueSnapshot, profile: ProfileView): Standing {
  const held = snapshot.standings.get(profile);
  if (held) return held;
  const { rules, offers, contactPolicies, offersByKey } = snapshot;
  const fresh: Standing = {
    verdicts: new Uint8Array(rules.length),
    settled: new Uint8Array(offers.length),
    remembered: rememberedOf(snapshot, profile),
    suppressions:
      contactPolicies.length === 0
        ? NO_SUPPRESSIONS
        : suppressionsOf(contactPolicies, offersByKey, profile.contacts),
  };
  snapshot.standings.set(profile, fresh);
  return fresh;
}

/** The verdict of a rule that speaks of the profile alone; undefined while it is not known. */
export function knownVerdict(standing: Standing, index: number, rule: SharedRule): Verdict | undefined {
  const number = standing.verdicts[index]!;
  return number === 0 ? undefined : rule.verdicts[number - 1];
}

/** Keeps the verdict of such a rule. @returns it */
export function keepVerdict(
  standing: Standing,
  index: number,
  { verdicts }: SharedRule,
  verdict: Verdict,
): Verdict {
  let number = verdicts.findIndex(
    ({ value, unknown }) => value === verdict.value && unknown === verdict.unknown,
  );
  if (number < 0) {
    if (verdicts.length >= MOST_VERDICTS) return verdict;
    number = verdicts.push(verdict) - 1;
  }
  standing.verdicts[index] = number + 1;
  return verdict;
}

/**
 * How many rules of an offer's engagement policy, from the first on, speak of the profile alone and hold.
 * @param offer its index
 * @param holds asks such a rule
 */
export function settledRules(
  standing: Standing,
  { rules, asked: { numbers, starts } }: CatalogueSnapshot,
  offer: number,
  holds: (rule: number) => boolean,
): number {
  const known = standing.settled[offer]!;
  if (known > 0) return known - 1;
  const start = starts[offer]!;
  const end = starts[offer + 1]!;
  let at = start;
  while (at < end && rules[numbers[at]!]!.profileOnly && holds(numbers[at]!)) at += 1;
  standing.settled[offer] = at - start + 1;
  return at - start;
}

function rememberedOf({ offersByKey }: CatalogueSnapshot, { offers }: ProfileView): Standing['remembered'] {
  const found = Object.keys(offers).flatMap((key): [number, OfferSummary][] => {
    const offer = offersByKey.get(key);
    return offer ? [[offer.index, offers[key]!]] : [];
  });
  return found.length === 0 ? null : new Map(found);
}
