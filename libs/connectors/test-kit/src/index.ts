export { describeConnector } from './describe-connector.js';
export type { ConnectorSuite } from './connector-suite.js';
export { inProcess } from './in-process.js';
export { asProcess } from './over-bus/as-process.js';
export { overNats, overPostgres } from './over-bus/over-bus.js';
export { everyWay } from './ways.js';
export { startMailServer, type MailServer, type MailServerOptions } from '@repartee/platform/testing';
export type { Environment, OpenWay, RunningConnector, Way } from './running-connector.js';
export {
  answerKinds,
  reportKinds,
  type AnswerKind,
  type Inability,
  type ProviderAnswer,
  type ProviderReport,
  type ReportKind,
  type SimulatedProvider,
  type TakenMessage,
} from './simulated-provider.js';
export { simulatedHttp, type HttpCall, type HttpProtocol, type HttpReply } from './simulated-http.js';
