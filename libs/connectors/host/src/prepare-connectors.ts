import type { ConnectorDefinition } from '@repartee/connector-sdk';
import type { Requests } from '@repartee/platform';
import { problemsOf } from './check-definitions.js';
import type { ConnectorHostOptions } from './connector-host.options.js';
import { DEFAULT_TIME_LIMIT } from './connector-runner.js';
import { ConnectorStartError } from './connector-start-error.js';
import { AskedConnector } from './elsewhere/asked-connector.js';
import { runElsewhere } from './elsewhere/run-elsewhere.js';
import { hasOwnSettings, readSettings } from './read-settings.js';
import { elsewhereWith, type SettingsState } from './settings-state.js';

/** A connector with its settings, ready to be run. */
export interface PreparedConnector {
  definition: ConnectorDefinition;
  state: SettingsState;
  /** Who reads its webhooks, where its settings are not here. */
  webhooks?: AskedConnector;
}

/**
 * Checks connectors and reads their settings. Those that run in processes of their own are asked there.
 * @throws ConnectorStartError
 */
export function prepareConnectors(
  { definitions, environment, elsewhere, answers, settingsAtRest }: ConnectorHostOptions,
  requests: Requests | undefined,
): PreparedConnector[] {
  const [problem] = problemsOf(definitions);
  if (problem) throw new ConnectorStartError(problem);
  return definitions.map((definition) => {
    const read = readSettings(definition, environment);
    // What is stored may make it right; who reads that judges.
    if (!read.ok && !settingsAtRest) throw new ConnectorStartError(read.failure);
    const state: SettingsState = read.ok
      ? read.value
      : { configured: false, missing: [], problem: read.failure };
    const { name, capabilities } = definition;
    if (!requests || !elsewhere?.has(name)) return { definition, state };
    const asked = new AskedConnector(name, requests, capabilities.timeLimit ?? DEFAULT_TIME_LIMIT);
    return {
      definition: runElsewhere(definition, asked, answers?.get(name)),
      state: elsewhereWith(state),
      ...(!hasOwnSettings(definition, environment) && { webhooks: asked }),
    };
  });
}
