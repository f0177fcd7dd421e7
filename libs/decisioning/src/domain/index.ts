export * from './caps/index.js';
export * from './catalogue/index.js';
export * from './contact/index.js';
export * from './control/index.js';
export * from './decide/index.js';
export * from './receipt/index.js';
export * from './response/index.js';
export * from './why-not/index.js';
