export { announceFailure, announceReady, onStop } from './process-life.js';
