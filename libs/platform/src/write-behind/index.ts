export { WriteBehind, type WriteBehindOptions } from './write-behind.js';
