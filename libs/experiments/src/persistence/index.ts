import { CreateExperiments1790000000755 } from './create-experiments.migration.js';

export { experimentsEntities } from './experiments.entities.js';
export const experimentsMigrations = [CreateExperiments1790000000755];
