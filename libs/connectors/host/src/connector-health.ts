import type { Capabilities, SettingDescription, Stability } from '@repartee/connector-sdk';

/** How a connector does. `degraded` does not take the core out of rotation. */
export interface ConnectorHealth {
  name: string;
  channel: string;
  status: 'up' | 'degraded' | 'not_configured';
  /** For people; free of secrets. */
  detail?: string;
}

/** What is known of a connector without calling it. */
export interface ConnectorSummary {
  name: string;
  channel: string;
  stability: Stability;
  description?: string;
  sdk: string;
  configured: boolean;
  capabilities: Capabilities;
  settings: SettingDescription[];
}
