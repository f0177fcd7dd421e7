export * from './clock/index.js';
export * from './config/index.js';
export * from './database/index.js';
export * from './ids/index.js';
