import 'reflect-metadata';

export { describeApi, describeConnectors, type DescribedConnector } from './describe-core.js';
export { describeRoles, type DescribedRule } from './describe-roles.js';
export { describeBus } from './asyncapi.js';
export { describeManifest } from './describe-manifest.js';
