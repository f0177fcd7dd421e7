import type { CatalogueEntries, CatalogueSection, Offer } from '../catalogue-schema.js';
import { pointerTo, type Issue } from '../issue.js';
import { type EntryRef, mergeCatalogue } from '../merge-catalogue.js';
import { OfferSelector } from '../offer-selection.js';
import { sameJson } from '../same-json.js';
import { bodyOf, isShown, lifeOf } from './offer-life.js';

/** Who writes a catalogue, and how. */
export interface Writing {
  by: string;
  /** May say yes to changes, and so also change who has to. */
  mayApprove: boolean;
  /** A step of an offer's life: only such write where an offer stands in it. */
  life?: boolean;
}

/** The product itself. */
export const BY_ITSELF: Writing = { by: 'system', mayApprove: true };

const OWN = 'a policy wants a second person to approve changes of this offer: write a draft and publish it';

/**
 * What a section may write. Where offers stand in their life stays as it is, whatever a document says of it; what is in
 * force of an offer under an approval policy changes by a step alone that somebody else has approved.
 */
export function guardOffers(
  stored: CatalogueEntries,
  section: CatalogueSection,
  removed: readonly EntryRef[],
  writing: Writing,
): { section: CatalogueSection; issues: Issue[] } {
  const before = new Map(stored.offers.map((offer) => [offer.key, offer]));
  const offers = writing.life
    ? section.offers
    : section.offers.map((offer) => keepLife(offer, before.get(offer.key)));
  const guarded = { ...section, offers };
  const policies = stored.policies.filter((policy) => policy.type === 'approval');
  if (policies.length === 0) return { section: guarded, issues: [] };

  const { entries } = mergeCatalogue(stored, guarded, removed);
  const selectors = [new OfferSelector(stored, []), new OfferSelector(entries, [])];
  const watched = (key: string) =>
    policies.some(({ of }) => selectors.some((selector) => selector.select(of, '')?.has(key) ?? true));
  const issues: Issue[] = [];
  offers.forEach((offer, index) => {
    if (changesWhatIsShown(before.get(offer.key), offer) && watched(offer.key) && !isApproved(offer, writing))
      issues.push({ pointer: pointerTo('offers', index), message: OWN });
  });
  const left = new Set(entries.offers.map(({ key }) => key));
  for (const [key, offer] of before)
    if (!left.has(key) && isShown(offer) && watched(key))
      issues.push({ pointer: pointerTo('offers', key), message: OWN });
  if (!writing.mayApprove) {
    const after = new Map(entries.policies.map((policy) => [policy.key, policy]));
    for (const policy of policies)
      if (!sameJson(policy, after.get(policy.key)))
        issues.push({
          pointer: pointerTo('policies', policy.key),
          message: 'only who may approve changes may change this: the key lacks the scope approvals:write',
        });
  }
  return { section: guarded, issues };
}

/** An approval stands for the words it was given for. */
function keepLife(offer: Offer, held: Offer | undefined): Offer {
  const body = bodyOf(offer);
  if (!held) return body;
  if (sameJson(body, bodyOf(held))) return held;
  const { approval: _approval, ...life } = lifeOf(held);
  return { ...body, ...life };
}

function changesWhatIsShown(before: Offer | undefined, after: Offer): boolean {
  if (after.scheduled && !sameJson(before?.scheduled, after.scheduled)) return true;
  return !sameJson(before && shownBody(before), shownBody(after));
}

function shownBody(offer: Offer): object | undefined {
  if (!isShown(offer)) return undefined;
  const { status: _status, ...body } = bodyOf(offer);
  return body;
}

function isApproved({ approval, scheduled }: Offer, { life = false, by }: Writing): boolean {
  const given = scheduled?.approval ?? approval;
  return life && given?.by === by && given.requestedBy !== undefined && given.requestedBy !== by;
}

/** Whether changes of an offer want a second person. */
export function wantsApproval(entries: CatalogueEntries, key: string): boolean {
  const selector = new OfferSelector(entries, []);
  return entries.policies.some(
    (policy) => policy.type === 'approval' && (selector.select(policy.of, '')?.has(key) ?? true),
  );
}
