export { callCenter } from './call-center.js';
