export { loadConnectors, type InstalledConnector } from './load-connectors.js';
export { readCertificateOf } from './read-certificate.js';
