import {
  connectorOfManifest,
  connectorProblem,
  manifestSchema,
  type Certificate,
  type ConnectorDefinition,
  type ConnectorManifest,
} from '@repartee/connector-sdk';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ConnectorStartError } from '../connector-start-error.js';
import { findEntry, type PackageEntry } from './find-entry.js';
import { readCertificateAt } from './read-certificate.js';

/** A connector as it was found, with what it showed in the contract suite. */
export interface InstalledConnector {
  definition: ConnectorDefinition;
  certificate?: Certificate;
  /** Of a connector in another language, which runs in processes of its own. */
  manifest?: ConnectorManifest;
}

/**
 * Loads connectors that are named in the configuration: packages by name, or paths that begin with a dot or a slash.
 * Every connector that a package exports is taken; a path to a JSON file is the manifest of one in another language.
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
  if (found.entry.endsWith('.json')) return [readManifest(found, refuse)];
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

function readManifest(
  { entry, folder }: PackageEntry,
  refuse: (why: string) => ConnectorStartError,
): InstalledConnector {
  try {
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(entry, 'utf8')));
    const definition = connectorOfManifest(manifest);
    const certificate = readCertificateAt(folder);
    return { definition, manifest, ...(certificate?.connector === definition.name && { certificate }) };
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const why = issue ? `${issue.path.join('.')} ${issue.message}` : String(error);
    throw refuse(`is no manifest of a connector: ${why.split('\n')[0] ?? ''}`);
  }
}

/** What looks like a connector; a module may export the same one twice, as by name and as default. */
function connectorsAmong(values: readonly unknown[]): ConnectorDefinition[] {
  const alike = values.filter(
    (value) =>
      typeof value === 'object' && value !== null && 'name' in value && 'channel' in value && 'sdk' in value,
  );
  return [...new Set(alike)] as ConnectorDefinition[];
}
