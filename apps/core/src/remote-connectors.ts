import { ConnectorStartError } from '@repartee/connector-host';
import type { ConnectorManifest } from '@repartee/connector-sdk';
import type { Config } from '@repartee/platform';

/**
 * The connectors that run in processes of their own: those the configuration names, and those in another language.
 * @returns name → attempts that may be under way there at a time
 * @throws ConnectorStartError without NATS where a connector in another language needs it
 */
export function remoteConnectors(
  { remoteConnectors: named, nats }: Pick<Config, 'remoteConnectors' | 'nats'>,
  manifests: readonly ConnectorManifest[],
): ReadonlyMap<string, number> {
  const [first] = manifests;
  if (first && !nats)
    throw new ConnectorStartError(`NATS_URL is missing: the connector ${first.name} is reached over NATS`);
  return new Map([...manifests.map(({ name, inFlight }) => [name, inFlight] as const), ...named]);
}
