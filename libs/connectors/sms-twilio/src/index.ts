export { segmentationOf, type Segmentation } from './segments.js';
export { smsContentSchema, type CompiledSms, type RenderedSms, type SmsContent } from './sms-content.js';
export { smsTreatment } from './sms-treatment.js';
export { smsTwilio } from './sms-twilio.js';
