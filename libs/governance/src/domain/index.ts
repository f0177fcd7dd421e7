export * from './classification.js';
export * from './data-subject.js';
export * from './privacy-request.js';
export * from './retention.js';
export * from './schema-limits.js';
export * from './source.js';
export * from './tracking-plan.js';
