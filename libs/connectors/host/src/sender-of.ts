import { scopeWord } from '@repartee/contracts';
import type { ConnectorHost } from './connector-host.js';

/**
 * What a connector sends from by the settings in force, in the form in which consents name it. Undefined where it has
 * several to choose from, or its settings are elsewhere: then what was refused to any of its senders holds.
 */
export function senderOf(host: ConnectorHost, connector: string): string | undefined {
  const runner = host.runner(connector);
  if (!runner?.state.configured) return undefined;
  const sender = runner.definition.sender?.(runner.state.settings);
  return sender === undefined ? undefined : scopeWord(sender) || undefined;
}
