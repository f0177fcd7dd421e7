export * from './assignment/index.js';
export * from './bucketing/index.js';
export * from './definition/index.js';
export * from './measurement/index.js';
export * from './statistics/index.js';
