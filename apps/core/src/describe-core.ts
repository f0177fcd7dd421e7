import { type Capabilities, describeSettings, type SettingDescription } from '@repartee/connector-sdk';
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
    ...(connector.treatment && { content: z.toJSONSchema(connector.treatment.schema, { io: 'input' }) }),
  }));
}
