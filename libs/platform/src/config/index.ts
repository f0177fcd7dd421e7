export { CONFIG, loadConfig, type Config } from './config.js';
