import type { ConnectorRunner } from './connector-runner.js';

/** The connectors of each channel, in their order: every decision asks for some. */
export function byChannel(
  runners: Iterable<ConnectorRunner>,
): (channel: string) => readonly ConnectorRunner[] {
  const channels = new Map<string, ConnectorRunner[]>();
  for (const runner of runners) {
    const { channel } = runner.definition;
    const mates = channels.get(channel);
    if (mates) mates.push(runner);
    else channels.set(channel, [runner]);
  }
  return (channel) => channels.get(channel) ?? [];
}
