import { AddSegments1790000000940 } from './add-segments.migration.js';
import { CreateDetection1790000000600 } from './create-detection.migration.js';
import { NumberReactions1790000000980 } from './number-reactions.migration.js';

/** In the order in which they run. */
export const detectionMigrations = [
  CreateDetection1790000000600,
  AddSegments1790000000940,
  NumberReactions1790000000980,
];
