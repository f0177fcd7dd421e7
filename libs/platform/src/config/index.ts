export { CONFIG, loadConfig, type Config } from './config.js';
export type { NatsConfig } from './nats.js';
export type { OidcConfig } from './oidc.js';
