import { connectorProblem, type Certificate, type ConnectorDefinition } from '@repartee/connector-sdk';
import { pathToFileURL } from 'node:url';
import { ConnectorStartError } from '../connector-start-error.js';
import { findEntry } from './find-entry.js';
import { readCertificateAt } from './read-certificate.js';

/** A connector as it was found, with what it showed in the contract suite. */
export interface InstalledConnector {
  definition: ConnectorDefinition;
  certificate?: Certificate;
}

/**
 * Loads connectors that are named in the configuration: packages by name, or paths that begin with a dot or a slash.
 * Every connector that a package exports is taken.
 * @param from the folder names are resolved from
 * @throws ConnectorStartError with one line that names the package
 */
export async function loadConnectors(names: readonly string[], from: string): Promise<InstalledConnector[]> {
  const loaded = await Promise.all(names.map((name) => loadFrom(name, from)));
  return loaded.flat();
}

async function loadFrom(name: string, from: string): Promise<InstalledConnector[]> {
  const refuse = (why: string) => new ConnectorStartError(`REPARTEE_CONNECTORS: ${name} ${why}`);
  const found = findEntry(name, from);
  if (!found) throw refuse(`is not installed in ${from}`);
  const module = await import(pathToFileURL(found.entry).href).catch((error: unknown) => {
    throw refuse(
      `does not load: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
    );
  });
  const definitions = connectorsAmong(Object.values(module as Record<string, unknown>));
  if (definitions.length === 0)
    throw refuse('exports no connector; use defineConnector of @repartee/connector-sdk');
  return definitions.map((definition) => {
    const problem = connectorProblem(definition);
    if (problem !== undefined) throw refuse(`exports a connector that is none: ${problem}`);
    const certificate = readCertificateAt(found.folder);
    return { definition, ...(certificate?.connector === definition.name && { certificate }) };
  });
}

/** What looks like a connector; a module may export the same one twice, as by name and as default. */
function connectorsAmong(values: readonly unknown[]): ConnectorDefinition[] {
  const alike = values.filter(
    (value) =>
      typeof value === 'object' && value !== null && 'name' in value && 'channel' in value && 'sdk' in value,
  );
  return [...new Set(alike)] as ConnectorDefinition[];
}
