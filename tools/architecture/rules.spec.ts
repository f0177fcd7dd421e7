import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeViolation, rules } from './check-architecture.js';
import { readWorkspace } from './workspace.js';

type Files = Record<string, string | object>;

const floors = JSON.parse(readFileSync(join(__dirname, 'floors.json'), 'utf8')) as { floors: string[] };

function manifest(
  name: string,
  floor: string,
  kind: string,
  dependencies: string[] = [],
  doors = ['.'],
): object {
  return {
    name: `@repartee/${name}`,
    nx: { tags: [`floor:${floor}`, `kind:${kind}`] },
    exports: Object.fromEntries(doors.map((door) => [door, {}])),
    dependencies: Object.fromEntries(dependencies.map((each) => [each, '1'])),
  };
}

function scope(name: string, dependencies: string[]): Files {
  return {
    [`libs/${name}/package.json`]: manifest(name, name, 'scope', dependencies, ['.', './domain']),
    [`libs/${name}/src/index.ts`]: `export * from './${name}.module.js';\n`,
    [`libs/${name}/src/${name}.module.ts`]: `import { Clock } from '@repartee/platform';\nimport { rule } from './domain/index.js';\nexport const module = [Clock, rule];\n`,
    [`libs/${name}/src/domain/index.ts`]: `import { z } from 'zod';\nexport const rule = z.string();\n`,
  };
}

/** A small house in which nothing is wrong. */
const sound: Files = {
  'package.json': {
    name: 'house',
    workspaces: ['libs/*', 'libs/connectors/*', 'apps/*', 'tools'],
    devDependencies: { 'fast-check': '1' },
  },
  'tools/architecture/floors.json': {
    ...floors,
    floors: ['contracts', 'platform', 'access', 'profile', 'delivery', 'app'],
  },
  'tools/package.json': manifest('tools', 'tools', 'tools'),
  'tools/plan.ts': `export const plan = 1;\n`,
  'libs/contracts/package.json': manifest('contracts', 'contracts', 'contracts', ['zod']),
  'libs/contracts/src/index.ts': `import { z } from 'zod';\nexport const event = z.object({});\n`,
  'libs/platform/package.json': manifest(
    'platform',
    'platform',
    'platform',
    ['@nestjs/common'],
    ['.', './testing'],
  ),
  'libs/platform/src/index.ts': `import { Injectable } from '@nestjs/common';\nexport const Clock = Injectable;\n`,
  'libs/platform/src/testing/index.ts': `export const manual = Date.now();\n`,
  ...scope('access', ['@repartee/platform', 'zod']),
  ...scope('profile', ['@repartee/platform', 'zod']),
  ...scope('delivery', ['@repartee/platform', 'zod']),
  'libs/profile/src/domain/rules.spec.ts': `import fc from 'fast-check';\nfc.assert(Date.now() > 0);\n`,
  'libs/delivery/src/way-out.ts': `export const send = (gateway: { deliver(): void }) => gateway.deliver();\n`,
  'libs/connectors/mail/package.json': manifest('connector-mail', 'connector', 'connector', [
    'nodemailer',
    '@repartee/contracts',
  ]),
  'libs/connectors/mail/src/index.ts': `import mailer from 'nodemailer';\nimport type { event } from '@repartee/contracts';\nexport const mail = (one: typeof event) => mailer.createTransport(one);\n`,
  'apps/core/package.json': manifest('core', 'app', 'app', ['@repartee/connector-mail']),
  'apps/core/src/connectors.registry.ts': `import { mail } from '@repartee/connector-mail';\nexport const connectors = [mail];\n`,
};

function violationsWith(changes: Files): string[] {
  const root = mkdtempSync(join(tmpdir(), 'house-'));
  try {
    for (const [path, content] of Object.entries({ ...sound, ...changes })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
    }
    const workspace = readWorkspace(root);
    return Object.entries(rules).flatMap(([sentence, rule]) =>
      rule(workspace).map((one) => `${sentence} | ${describeViolation(one)}`),
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const accessDomain = 'libs/access/src/domain/index.ts';

describe('the rules of the house', () => {
  it('say nothing about a sound house', () => {
    expect(violationsWith({})).toEqual([]);
  });

  const broken: [sentence: string, what: string, changes: Files, where: string][] = [
    [
      'a floor imports only floors below it',
      'a lower floor imports a higher one',
      { 'libs/access/src/a.ts': `\nimport { module } from '@repartee/profile';\nexport const a = module;` },
      'libs/access/src/a.ts:2',
    ],
    [
      'a floor imports only floors below it',
      'a type import climbs just the same',
      {
        'libs/access/src/a.ts': `import type { module } from '@repartee/profile';\nexport type A = typeof module;`,
      },
      'libs/access/src/a.ts:1',
    ],
    [
      'a floor imports only floors below it',
      'a dynamic import climbs',
      { 'libs/access/src/a.ts': `export const a = () => import('@repartee/profile');` },
      'libs/access/src/a.ts:1',
    ],
    [
      'a floor imports only floors below it',
      'a re-export climbs',
      { 'libs/access/src/a.ts': `export * from '@repartee/profile';` },
      'libs/access/src/a.ts:1',
    ],
    [
      'a floor imports only floors below it',
      'an import type climbs',
      { 'libs/access/src/a.ts': `export type A = import('@repartee/profile').A;` },
      'libs/access/src/a.ts:1',
    ],
    [
      'a floor imports only floors below it',
      'somebody imports tools',
      { 'apps/core/src/a.ts': `import { plan } from '@repartee/tools';\nexport const a = plan;` },
      'apps/core/src/a.ts:1',
    ],
    [
      'a floor imports only floors below it',
      'a connector imports the platform',
      {
        'libs/connectors/mail/src/a.ts': `import { Clock } from '@repartee/platform';\nexport const a = Clock;`,
      },
      'libs/connectors/mail/src/a.ts:1',
    ],
    [
      'a floor imports only floors below it',
      'a package has no floor',
      { 'tools/package.json': { name: '@repartee/tools' } },
      '@repartee/tools',
    ],
    [
      'a floor imports only floors below it',
      'a package that is not there',
      { 'apps/core/src/a.ts': `import '@repartee/nowhere';` },
      'apps/core/src/a.ts:1',
    ],
    [
      'every floor of the plan is built',
      'a floor without a package',
      {
        'tools/architecture/floors.json': {
          ...floors,
          floors: ['contracts', 'platform', 'access', 'attic', 'profile', 'delivery', 'app'],
        },
      },
      'floors.json',
    ],
    [
      'packages are entered by their doors',
      'a deep import',
      {
        'libs/profile/src/a.ts': `import { x } from '@repartee/access/src/access.module.js';\nexport const a = x;`,
      },
      'libs/profile/src/a.ts:1',
    ],
    [
      'packages are entered by their doors',
      'a relative path into a neighbour',
      { 'libs/profile/src/a.ts': `import { x } from '../../access/src/index.js';\nexport const a = x;` },
      'libs/profile/src/a.ts:1',
    ],
    [
      'packages are entered by their doors',
      'the testing door outside tests',
      {
        'libs/profile/src/a.ts': `import { manual } from '@repartee/platform/testing';\nexport const a = manual;`,
      },
      'libs/profile/src/a.ts:1',
    ],
    [
      'packages are entered by their doors',
      'the test kit outside tests',
      {
        'libs/connectors/kit/package.json': manifest(
          'connector-test-kit',
          'connector-test-kit',
          'connector-test-kit',
        ),
        'libs/connectors/mail/src/a.ts': `import { describeConnector } from '@repartee/connector-test-kit';\nexport const a = describeConnector;`,
      },
      'libs/connectors/mail/src/a.ts:1',
    ],
    [
      'a scope has its cells and doors',
      'a fourth cell',
      { 'libs/access/src/services/a.ts': `export const a = 1;` },
      '@repartee/access',
    ],
    [
      'a scope has its cells and doors',
      'a scope without its domain door',
      { 'libs/access/package.json': manifest('access', 'access', 'scope', ['@repartee/platform', 'zod']) },
      '@repartee/access',
    ],
    [
      'names say what is inside',
      'a drawer for odds and ends',
      { 'libs/access/src/api/string-utils.ts': `export const a = 1;` },
      'libs/access/src/api/string-utils.ts',
    ],
    [
      'names say what is inside',
      'a name in camel case',
      { 'libs/access/src/api/keyStore.ts': `export const a = 1;` },
      'libs/access/src/api/keyStore.ts',
    ],
    [
      'the domain is pure',
      'a framework',
      { [accessDomain]: `import { Injectable } from '@nestjs/common';\nexport const a = Injectable;` },
      `${accessDomain}:1`,
    ],
    [
      'the domain is pure',
      'the platform',
      { [accessDomain]: `import type { Clock } from '@repartee/platform';\nexport type A = typeof Clock;` },
      `${accessDomain}:1`,
    ],
    [
      'the domain is pure',
      'a neighbour’s framework door',
      {
        'libs/profile/src/domain/index.ts': `import { module } from '@repartee/access';\nexport const a = module;`,
      },
      'libs/profile/src/domain/index.ts:1',
    ],
    [
      'the domain is pure',
      'another cell',
      { [accessDomain]: `import { module } from '../access.module.js';\nexport const a = module;` },
      `${accessDomain}:1`,
    ],
    [
      'the domain is pure',
      'node:crypto',
      { [accessDomain]: `import { createHash } from 'node:crypto';\nexport const a = createHash;` },
      `${accessDomain}:1`,
    ],
    [
      'the domain is pure',
      'the clock',
      { [accessDomain]: `export const a = () => Date.now();` },
      `${accessDomain}:1`,
    ],
    [
      'the domain is pure',
      'the clock by another door',
      { [accessDomain]: `export const a = () => new Date();` },
      `${accessDomain}:1`,
    ],
    [
      'the domain is pure',
      'dice',
      { [accessDomain]: `export const a = () => Math.random();` },
      `${accessDomain}:1`,
    ],
    [
      'the domain is pure',
      'an id made on the spot',
      { [accessDomain]: `export const a = () => globalThis.crypto.randomUUID();` },
      `${accessDomain}:1`,
    ],
    [
      'the domain is pure',
      'a word to the console',
      { [accessDomain]: `export const a = () => console.log(1);` },
      `${accessDomain}:1`,
    ],
    [
      'packages form no circle',
      'two packages that declare each other',
      {
        'libs/access/package.json': manifest(
          'access',
          'access',
          'scope',
          ['@repartee/profile'],
          ['.', './domain'],
        ),
        'libs/profile/package.json': manifest(
          'profile',
          'profile',
          'scope',
          ['@repartee/access'],
          ['.', './domain'],
        ),
      },
      '@repartee/access',
    ],
    [
      'files form no circle',
      'two files that need each other',
      {
        'libs/access/src/api/a.ts': `import { b } from './b.js';\nexport const a = b;`,
        'libs/access/src/api/b.ts': `import type { a } from './a.js';\nexport const b: typeof a = 1;`,
      },
      'libs/access/src/api/a.ts',
    ],
    [
      'frameworks stay in the core',
      'Nest in a connector',
      {
        'libs/connectors/mail/src/a.ts': `import { Injectable } from '@nestjs/common';\nexport const a = Injectable;`,
      },
      'libs/connectors/mail/src/a.ts:1',
    ],
    [
      'connectors are named in one file of an app',
      'a second file of the app',
      { 'apps/core/src/a.ts': `import { mail } from '@repartee/connector-mail';\nexport const a = mail;` },
      'apps/core/src/a.ts:1',
    ],
    [
      'connectors are named in one file of an app',
      'a scope',
      {
        'libs/delivery/src/a.ts': `import { mail } from '@repartee/connector-mail';\nexport const a = mail;`,
      },
      'libs/delivery/src/a.ts:1',
    ],
    [
      'provider SDKs stay in connectors',
      'a scope with a mailer',
      { 'libs/delivery/src/a.ts': `import mailer from 'nodemailer';\nexport const a = mailer;` },
      'libs/delivery/src/a.ts:1',
    ],
    [
      'scopes open no connection of their own',
      'a socket',
      { 'libs/delivery/src/a.ts': `import { connect } from 'node:net';\nexport const a = connect;` },
      'libs/delivery/src/a.ts:1',
    ],
    [
      'scopes open no connection of their own',
      'fetch',
      { 'libs/delivery/src/a.ts': `export const a = () => fetch('http://example.org');` },
      'libs/delivery/src/a.ts:1',
    ],
    [
      'there is one send gate',
      'a second call of deliver',
      {
        'libs/delivery/src/way-out.ts': `export const send = (gateway: { deliver(): void }) => {\n  gateway.deliver();\n  gateway.deliver();\n};`,
      },
      'libs/delivery/src/way-out.ts:3',
    ],
    [
      'there is one send gate',
      'deliver called past the gate',
      {
        'libs/delivery/src/shortcut.ts': `export const send = (gateway: { deliver(): void }) => gateway.deliver();`,
      },
      'libs/delivery/src/shortcut.ts:1',
    ],
    [
      'there is one send gate',
      'deliver called by another scope',
      {
        'libs/profile/src/shortcut.ts': `export const send = (gateway: { deliver(): void }) => gateway.deliver();`,
      },
      'libs/profile/src/shortcut.ts:1',
    ],
    [
      'nothing leads past the send gate',
      'the command to deliver given by somebody else',
      {
        'libs/profile/src/shortcut.ts': 'export const type = (name: string) => `connector.${name}.deliver`;',
      },
      'libs/profile/src/shortcut.ts',
    ],
    [
      'nothing leads past the send gate',
      'the way out taken past the gate',
      { 'libs/delivery/src/shortcut.ts': `import { send } from './way-out.js';\nexport const go = send;` },
      'libs/delivery/src/shortcut.ts:1',
    ],
    [
      'what is imported is declared',
      'an undeclared library',
      { 'libs/access/src/a.ts': `import pino from 'pino';\nexport const a = pino;` },
      'libs/access/src/a.ts:1',
    ],
    [
      'what is declared is used',
      'a library that nobody uses',
      { 'libs/contracts/package.json': manifest('contracts', 'contracts', 'contracts', ['zod', 'left-pad']) },
      'libs/contracts/package.json',
    ],
  ];

  it.each(broken)('%s: %s is reported', (sentence, _what, changes, where) => {
    expect(violationsWith(changes).map((line) => line.split('  ')[0])).toContain(`${sentence} | ${where}`);
  });

  it('each has at least one case here that it must report', () => {
    expect(new Set(broken.map(([sentence]) => sentence))).toEqual(new Set(Object.keys(rules)));
  });
});
