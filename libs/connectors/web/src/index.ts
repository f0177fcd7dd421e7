export { isSafeUrl } from './safe-url.js';
export { web } from './web.js';
export { webContentSchema, webTreatment, type CompiledWebContent, type WebContent } from './web-treatment.js';
