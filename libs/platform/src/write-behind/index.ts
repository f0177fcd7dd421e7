export { Arena, joinNeighbours } from './arena.js';
export { WriteBehind, type WriteBehindOptions } from './write-behind.js';
