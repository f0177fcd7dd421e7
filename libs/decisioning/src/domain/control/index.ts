export { controlOf } from './control-group.js';
