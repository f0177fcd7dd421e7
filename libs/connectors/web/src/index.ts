export { isSafeUrl } from '@repartee/connector-sdk';
export { web } from './web.js';
export { webContentSchema, webTreatment, type CompiledWebContent, type WebContent } from './web-treatment.js';
