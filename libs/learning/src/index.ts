export { PropensityModel, type PropensityInput } from './api/propensity-model.js';
export { SmoothedCountsModel } from './api/smoothed-counts-model.js';
export { LearningModule } from './learning.module.js';
export { learningEntities, learningMigrations } from './persistence/index.js';
