export { HostModule, type HostOptions } from './host.module.js';
export { readConnectors } from './host-options.js';
