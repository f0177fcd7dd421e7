import type { ProfileView } from '@repartee/profile/domain';
import {
  catalogueSchema,
  compileCatalogue,
  type CatalogueEntries,
  type CatalogueDocument,
  type CatalogueSnapshot,
} from '../index.js';

/** An anonymous person of whom nothing is known, or whatever is said of her. */
export function person(known: Partial<ProfileView> = {}): ProfileView {
  return {
    id: null,
    known: false,
    traits: {},
    computed: {},
    events: {},
    offers: {},
    consents: {},
    preferences: {},
    segments: [],
    ...known,
  } as ProfileView;
}

/** A web catalogue with one zone and one treatment for each offer. */
export function webCatalogue(
  offers: CatalogueDocument['offers'],
  more: CatalogueDocument = {},
): CatalogueEntries {
  return catalogueSchema.parse({
    zones: [{ key: 'home.hero', channel: 'web', fallback: { headline: 'Welcome' } }, ...(more.zones ?? [])],
    ...(more.issues && { issues: more.issues }),
    ...(more.policies && { policies: more.policies }),
    ...(more.groups && { groups: more.groups }),
    offers,
    treatments: [
      ...(offers ?? []).map((offer) => ({
        key: `${offer.key}.web`,
        offer: offer.key,
        channel: 'web',
        zones: ['home.hero', ...(more.zones ?? []).filter((z) => z.channel === 'web').map((z) => z.key)],
        content: { headline: offer.name },
      })),
      ...(more.treatments ?? []),
    ],
  });
}

/** Takes content as it is for compiled. */
export function uncheckedContent(catalogue: CatalogueEntries) {
  return {
    treatments: new Map(catalogue.treatments.map((treatment) => [treatment.key, treatment.content])),
    fallbacks: new Map(catalogue.zones.flatMap(({ key, fallback }) => (fallback ? [[key, fallback]] : []))),
  };
}

export function snapshotOf(catalogue: CatalogueEntries, revision = 1): CatalogueSnapshot {
  const compiled = compileCatalogue(catalogue, { compiledContent: uncheckedContent(catalogue), revision });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.failure));
  return compiled.value;
}
