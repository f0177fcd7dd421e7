import { CreateLearning1790000000700 } from './create-learning.migration.js';
import { Presentation, PropensityCount } from './learning.entities.js';

export { EvidenceStore } from './evidence-store.js';

/** The tables of learning. */
export const learningEntities = [PropensityCount, Presentation];

/** The migrations that make them. */
export const learningMigrations = [CreateLearning1790000000700];
