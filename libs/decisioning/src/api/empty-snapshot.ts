import { catalogueSchema, compileCatalogue, type CatalogueSnapshot } from '../domain/index.js';

/** A catalogue with nothing in it. */
export function emptySnapshot(): CatalogueSnapshot {
  const compiledContent = { treatments: new Map(), fallbacks: new Map() };
  const compiled = compileCatalogue(catalogueSchema.parse({}), { compiledContent });
  if (!compiled.ok) throw new Error('an empty catalogue is always right');
  return compiled.value;
}
