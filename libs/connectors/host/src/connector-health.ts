import {
  type Capabilities,
  type Certificate,
  type Certification,
  certificationOf,
  type ConnectorDefinition,
  describeSettings,
  settingsForm,
  type SettingDescription,
  type Stability,
} from '@repartee/connector-sdk';

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
  /** Of the identifiers by which it reaches people. */
  addressNamespace: string;
  stability: Stability;
  description?: string;
  sdk: string;
  configured: boolean;
  capabilities: Capabilities;
  settings: SettingDescription[];
  /** JSON schema of the settings. */
  form: Record<string, unknown>;
  /** Whether it has something to fetch. */
  polls: boolean;
  /** What it hears by `onEvent`, and for which purposes. */
  subscribes: readonly string[];
  purposes: readonly string[];
  /** Whether it showed in the contract suite what it claims. */
  certification: Certification;
  certificate?: Certificate;
}

export function summaryOf(
  definition: ConnectorDefinition,
  configured: boolean,
  certificate: Certificate | undefined,
): ConnectorSummary {
  const { name, channel, stability, description, sdk, capabilities } = definition;
  return {
    name,
    channel,
    addressNamespace: definition.addressNamespace ?? channel,
    stability,
    ...(description !== undefined && { description }),
    sdk,
    configured,
    capabilities,
    settings: describeSettings(definition),
    form: settingsForm(definition),
    polls: definition.poll !== undefined,
    subscribes: definition.subscribes ?? [],
    purposes: definition.purposes ?? [],
    certification: certificationOf(definition, certificate),
    ...(certificate && { certificate }),
  };
}

/** What is said at the start of a connector that is not certified. */
export const CERTIFICATION_WARNINGS = {
  uncertified: 'It has no certificate; a claim that its provider can be asked is not believed',
  outdated: 'Its certificate is for something else than it claims now: run its contract and certify it',
} as const;
