import { type Capabilities, type ConnectorDefinition, describeSettings } from '@repartee/connector-sdk';

/** The settings of one connector, as far as they are known. */
export type SettingsState =
  | { configured: true; settings: Record<string, unknown>; secrets: string[] }
  | {
      configured: false;
      missing: string[];
      /** What is wrong with them, in words free of values. */
      problem?: string;
    };

/** Settings that were checked. */
export function configuredWith(
  connector: ConnectorDefinition,
  settings: Record<string, unknown>,
): SettingsState {
  const secrets = describeSettings(connector).flatMap(({ name, secret }) => {
    const value = settings[name];
    return secret && typeof value === 'string' ? [value] : [];
  });
  return { configured: true, settings, secrets };
}

/** The settings of a connector that runs elsewhere: whether they are enough is known there, and its pace is kept there. */
export function elsewhereWith(state: SettingsState): SettingsState {
  return state.configured ? state : { configured: true, settings: { ratePerSecond: Infinity }, secrets: [] };
}

/** Why a connector is not configured. */
export function lackOf({ problem, missing }: SettingsState & { configured: false }): string {
  return problem ?? `missing: ${missing.join(', ')}`;
}

/** How fast a provider takes messages may depend on the account. */
export function capabilitiesOf({ capabilities }: ConnectorDefinition, state: SettingsState): Capabilities {
  const rate = state.configured ? state.settings['ratePerSecond'] : undefined;
  return typeof rate === 'number' ? { ...capabilities, ratePerSecond: rate } : capabilities;
}
