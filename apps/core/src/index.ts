import 'reflect-metadata';

export { describeApi, describeConnectors, type DescribedConnector } from './describe-core.js';
export { describeBus } from './asyncapi.js';
