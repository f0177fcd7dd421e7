export { Places } from './places.js';
export { TurnQueue } from './turn-queue.js';
export { Turns } from './turns.js';
