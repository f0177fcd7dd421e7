export type { CircuitSettings } from './circuit-breaker.js';
export type { ConnectorHealth, ConnectorSummary } from './connector-health.js';
export { ConnectorHost, ConnectorStartError, type AttemptContext } from './connector-host.js';
export { ConnectorHostModule } from './connector-host.module.js';
export type { ConnectorHostOptions } from './connector-host.options.js';
export type { ForgetAnswer } from './forget-everywhere.js';
export { loadConnectors, readCertificateOf, type InstalledConnector } from './installed/index.js';
export type { Environment } from './read-settings.js';
