export {
  emailContentSchema,
  type CompiledEmail,
  type EmailContent,
  type RenderedEmail,
} from './email-content.js';
export { emailSmtp } from './email-smtp.js';
export { emailTreatment } from './email-treatment.js';
