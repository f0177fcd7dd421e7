export {
  bucketOf,
  bucketRanges,
  fnv32a,
  inNamespace,
  variationAt,
  type BucketRange,
  type NamespacePart,
} from './bucket.js';
