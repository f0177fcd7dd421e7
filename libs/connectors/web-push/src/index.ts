export { webPush } from './web-push.js';
export { type PushContent, pushTreatment } from './push-treatment.js';
