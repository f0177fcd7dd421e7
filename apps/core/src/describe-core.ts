import {
  type Capabilities,
  type Certificate,
  configExample,
  describeSettings,
  exampleOf,
  type SettingDescription,
} from '@repartee/connector-sdk';
import { readCertificateOf } from '@repartee/connector-host';
import { loadConfig, Logger } from '@repartee/platform';
import { z } from 'zod';
import { connectors } from './connectors.registry.js';
import { CoreModule } from './core.module.js';
import { ApiDocument } from './openapi.js';

/** One connector as its definition describes it. */
export interface DescribedConnector {
  name: string;
  channel: string;
  sdk: string;
  stability: string;
  description?: string;
  capabilities: Capabilities;
  /** It sends messages. */
  delivers: boolean;
  /** It fills zones of a channel that asks. */
  presents: boolean;
  settings: SettingDescription[];
  /** JSON Schema of what a treatment of its channel holds. */
  content?: object;
  /** Content that its treatment takes. */
  contentExample?: unknown;
  /** Its environment, one variable a line. */
  configExample: string;
  certificate?: Certificate;
}

/** The core's OpenAPI document: what `/openapi.json` answers, without a database and without a port. */
export function describeApi(): object {
  const config = loadConfig({});
  if (!config.ok) throw new Error(config.failure);
  const logger = new Logger({ level: 'silent' });
  return new ApiDocument(CoreModule.forRoot({ config: config.value, databaseUrl: '', logger })).content;
}

/** The connectors of this installation. */
export function describeConnectors(): DescribedConnector[] {
  return connectors.map((connector) => ({
    name: connector.name,
    channel: connector.channel,
    sdk: connector.sdk,
    stability: connector.stability,
    ...(connector.description !== undefined && { description: connector.description }),
    capabilities: connector.capabilities,
    delivers: connector.deliver !== undefined,
    presents: connector.present !== undefined,
    settings: describeSettings(connector),
    configExample: configExample(connector),
    ...(connector.treatment && contentOf(connector.treatment.schema)),
    ...certified(readCertificateOf(`@repartee/connector-${connector.name}`)),
  }));
}

function contentOf(schema: z.ZodType): Pick<DescribedConnector, 'content' | 'contentExample'> {
  return { content: z.toJSONSchema(schema, { io: 'input' }), contentExample: exampleOf(schema) };
}

function certified(certificate: Certificate | undefined): Pick<DescribedConnector, 'certificate'> {
  return certificate === undefined ? {} : { certificate };
}
