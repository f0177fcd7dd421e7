export * from './actions.js';
export * from './cloud-event.js';
export * from './decisions.js';
export * from './errors/index.js';
export * from './events.js';
export * from './identifiers.js';
export { readDecisionRequest } from './read-decision-request.js';
export { readEvent } from './read-event.js';
export * from './result.js';
