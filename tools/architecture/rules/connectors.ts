import type { Package, Rule, Violation, Workspace } from '../workspace.js';
import { splitSpecifier } from '../workspace.js';

const network = new Set([
  'http',
  'https',
  'http2',
  'net',
  'tls',
  'dgram',
  'undici',
  'axios',
  'got',
  'node-fetch',
]);

function eachImport(
  one: Package,
  look: (name: string, where: string, path: string, role: string) => string | undefined,
  rule: string,
): Violation[] {
  return one.files.flatMap((file) =>
    file.imports.flatMap(({ specifier, line }) => {
      const bare = specifier.replace(/^node:/, '');
      const name = splitSpecifier(bare)?.name;
      const message = name && look(name, bare, file.path, file.role);
      return message ? [{ rule, where: `${file.path}:${line}`, message }] : [];
    }),
  );
}

/** Contracts, connectors and browser code carry no framework of the core. */
export const frameworksStayInTheCore: Rule = ({ packages, house }) => {
  const banned = (name: string) =>
    house.frameworks.some((one) => one === name || (one.endsWith('/*') && name.startsWith(one.slice(0, -1))));
  return packages
    .filter((one) => house.withoutFrameworks.includes(one.floor))
    .flatMap((one) =>
      eachImport(
        one,
        (name, _bare, _path, role) =>
          banned(name) && role !== 'test' ? `${one.floor} may not import ${name}` : undefined,
        'frameworks',
      ),
    );
};

/** A connector is named by apps only, each in its one registry file. */
export const connectorsAreNamedOnce: Rule = ({ packages, house }) => {
  const connectors = new Set(packages.filter((one) => one.kind === 'connector').map((one) => one.name));
  return packages.flatMap((one) =>
    eachImport(
      one,
      (name, _bare, path) => {
        if (!connectors.has(name) || name === one.name) return undefined;
        const registry = one.kind === 'app' && path === `${one.folder}/${house.connectorRegistry}`;
        return registry ? undefined : `only ${house.connectorRegistry} of an app names ${name}`;
      },
      'connectors',
    ),
  );
};

/** Only connectors hold a provider's SDK; the sandbox and tests do where they play the world outside, the bench for its ceilings. */
export const providersStayInConnectors: Rule = ({ packages, house }) =>
  packages
    .filter((one) => one.kind !== 'connector' && !['@repartee/sandbox', '@repartee/tools'].includes(one.name))
    .flatMap((one) =>
      eachImport(
        one,
        (name, _bare, _path, role) =>
          house.providers.includes(name) && role !== 'test' ? `only a connector imports ${name}` : undefined,
        'one way out',
      ),
    );

/** Scopes and the conductor open no connection of their own. */
export const scopesCallNobody: Rule = ({ packages }) =>
  packages
    .filter((one) => one.kind === 'scope' || one.kind === 'orchestration')
    .flatMap((one) => [
      ...eachImport(
        one,
        (name, _bare, _path, role) =>
          network.has(name) && role !== 'test' ? `${name} is a second way out` : undefined,
        'one way out',
      ),
      ...one.files
        .filter((file) => file.role === 'source')
        .flatMap((file) =>
          file.uses
            .filter((use) => use.text === 'fetch')
            .map((use) => ({
              rule: 'one way out',
              where: `${file.path}:${use.line}`,
              message: 'fetch is a second way out',
            })),
        ),
    ]);

function deliverCalls(one: Package): string[] {
  return one.files
    .filter((file) => file.role === 'source')
    .flatMap((file) =>
      file.methodCalls.filter((call) => call.text === 'deliver').map((call) => `${file.path}:${call.line}`),
    );
}

/**
 * Files that may call `deliver()`, once each: behind the send gate; in the host, which calls the connector; at the far
 * end of a command over the bus, which the send gate gave.
 */
const waysOut: Readonly<Record<string, readonly RegExp[]>> = {
  delivery: [/\/way-out\.ts:/],
  'connector-host': [/\/deliveries\.ts:/, /\/remote\/command-runner\.ts:/],
};

/** Only these name the command that has a connector elsewhere deliver: behind the gate, at the far end, and its document. */
const COMMAND = /\.deliver$/;
const commands = [
  'libs/delivery/src/started-attempts.ts',
  'libs/connectors/host/src/remote/command-controllers.ts',
  'apps/core/src/asyncapi.ts',
];
/** What lies behind the gate is reached through it alone. */
const behindTheGate: Readonly<Record<string, readonly string[]>> = {
  './way-out.js': ['lane-parts.ts', 'delivery.module.ts'],
  './started-attempts.js': ['send-gate.ts', 'delivery.module.ts'],
};

/** Nobody gives that command, or reaches behind the gate, from elsewhere. */
export const noWayPastTheGate: Rule = ({ packages }: Workspace) =>
  packages
    .filter((one) => one.name !== '@repartee/tools')
    .flatMap((one) =>
      one.files
        .filter((file) => file.role === 'source')
        .flatMap((file) => [
          ...file.strings
            .filter((text) => COMMAND.test(text) && !commands.includes(file.path))
            .map(() => ({
              rule: 'one way out',
              where: file.path,
              message: 'only the send gate has others deliver',
            })),
          ...file.imports
            .filter(({ specifier, typeOnly }) => {
              const through = one.floor === 'delivery' ? behindTheGate[specifier] : undefined;
              return through && !typeOnly && !through.some((name) => file.path.endsWith(`/src/${name}`));
            })
            .map(({ specifier, line }) => ({
              rule: 'one way out',
              where: `${file.path}:${line}`,
              message: `${specifier} lies behind the send gate`,
            })),
        ]),
    );

/** Apart from these an app's adapter calls `deliver()`, once. Nothing else does. */
export const oneSendGate: Rule = ({ packages }: Workspace) =>
  packages.flatMap((one) => {
    const calls = deliverCalls(one);
    const files = one.kind === 'app' ? [/./] : (waysOut[one.floor] ?? []);
    const allowed = files.flatMap((file) => calls.filter((where) => file.test(where)).slice(0, 1));
    return calls
      .filter((where) => !allowed.includes(where))
      .map((where) => ({
        rule: 'one way out',
        where,
        message: 'deliver() is called behind the send gate, by the app’s adapter and by the host, once each',
      }));
  });
