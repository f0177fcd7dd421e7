export {
  catalogueKinds,
  catalogueSchema,
  keySchema,
  offerSchema,
  treatmentSchema,
  zoneSchema,
  type CatalogueEntries,
  type CatalogueDocument,
  type CatalogueKind,
  type CatalogueSection,
  type Offer,
  type Treatment,
  type Zone,
} from './catalogue-schema.js';
export { compileCatalogue, type CompiledContents, type CompileOptions } from './compile-catalogue.js';
export { issuesOf, pointerTo, type Issue } from './issue.js';
export {
  mergeCatalogue,
  planCatalogue,
  sameJson,
  type CataloguePlan,
  type EntryRef,
} from './merge-catalogue.js';
export type {
  CatalogueSnapshot,
  CompiledOffer,
  CompiledTreatment,
  CompiledZone,
  SharedRule,
  VerdictCache,
  ZoneCandidate,
} from './snapshot.js';
