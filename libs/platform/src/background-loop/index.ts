export { BackgroundLoop, type BackgroundWork } from './background-loop.js';
