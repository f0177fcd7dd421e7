export { certificateSchema, certificationOf, type Certificate, type Certification } from './certificate.js';
export { connectorProblem } from './connector-problem.js';
export type {
  ConnectorContext,
  ConnectorHttp,
  ConnectorLogger,
  DeliveryContext,
  HttpRequest,
  HttpResponse,
} from './context.js';
export {
  defineConnector,
  isTracking,
  type Capabilities,
  type ConnectorDefinition,
  type PresentRequest,
  type Stability,
} from './define-connector.js';
export {
  checkFacts,
  type CheckedFact,
  type CheckedFacts,
  type Fact,
  type FactKind,
  type FactOf,
  factSchema,
  type OptScope,
  optScopes,
  type PolledFacts,
  polledSchema,
  type RawRequest,
  type ReceiptStatus,
  receiptStatuses,
  type ReceivedFacts,
  receivedSchema,
  type Subject,
  type WebhookReply,
} from './facts.js';
export { configExample, exampleOf, exampleSettings } from './example.js';
export { formOf, isForm } from './form.js';
export { failureOfHttp } from './http-outcome.js';
export {
  connectorOfManifest,
  connectorQuestions,
  manifestSchema,
  type ConnectorManifest,
  type ConnectorQuestionName,
} from './manifest.js';
export { accepted, rejected, unknown } from './outcomes.js';
export { isSafeUrl } from './safe-url.js';
export { settingsForm } from './settings-form.js';
export { describeSettings, secret, settingVariable, type SettingDescription } from './settings.js';
export { escapeHtml } from './simple-template.js';
export { checkTemplates, hasLiquid, TemplateError, Templates, type TemplateProblem } from './template.js';
export type { CompileTools, Estimate, TemplateData, Treatment } from './treatment.js';
export { acceptsSdk, SDK_VERSION } from './version.js';
export { isSignedByTwilio } from './twilio-signature.js';
