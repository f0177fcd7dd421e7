import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const imports = '@typescript-eslint/no-restricted-imports';
const floors = '@nx/enforce-module-boundaries';

const cases: { path: string; code: string; rule: string | null }[] = [
  {
    path: 'libs/identity/src/sound.ts',
    code: `import { ok } from '@repartee/contracts';\nexport const sound = ok;\n`,
    rule: null,
  },
  {
    path: 'libs/identity/src/domain/sound.ts',
    code: `import { z } from 'zod';\nimport type { Hash } from 'node:crypto';\nexport const sound = (hash: Hash) => z.string().parse(hash.digest('hex'));\n`,
    rule: null,
  },
  {
    path: 'apps/core/src/connectors.registry.ts',
    code: `import { web } from '@repartee/connector-web';\nexport const connectors = [web];\n`,
    rule: null,
  },
  {
    path: 'libs/identity/src/climbs.ts',
    code: `import { x } from '@repartee/decisioning';\nexport const a = x;\n`,
    rule: floors,
  },
  {
    path: 'libs/connectors/web/src/climbs.ts',
    code: `import { x } from '@repartee/platform';\nexport const a = x;\n`,
    rule: floors,
  },
  {
    path: 'libs/connectors/web/src/framework.ts',
    code: `import { x } from '@nestjs/common';\nexport const a = x;\n`,
    rule: floors,
  },
  {
    path: 'libs/identity/src/neighbour.ts',
    code: `import { x } from '../../access/src/index.js';\nexport const a = x;\n`,
    rule: floors,
  },
  {
    path: 'apps/storefront/src/climbs.ts',
    code: `import { x } from '@repartee/decisioning';\nexport const a = x;\n`,
    rule: floors,
  },
  {
    path: 'libs/identity/src/deep.ts',
    code: `import { x } from '@repartee/access/src/keys.js';\nexport const a = x;\n`,
    rule: imports,
  },
  {
    path: 'libs/identity/src/testing.ts',
    code: `import { x } from '@repartee/platform/testing';\nexport const a = x;\n`,
    rule: imports,
  },
  {
    path: 'libs/connectors/web/src/kit.ts',
    code: `import { x } from '@repartee/connector-test-kit';\nexport const a = x;\n`,
    rule: imports,
  },
  {
    path: 'libs/delivery/src/names.ts',
    code: `import { x } from '@repartee/connector-web';\nexport const a = x;\n`,
    rule: imports,
  },
  {
    path: 'apps/core/src/names.ts',
    code: `import { x } from '@repartee/connector-web';\nexport const a = x;\n`,
    rule: imports,
  },
  {
    path: 'libs/delivery/src/mails.ts',
    code: `import x from 'nodemailer';\nexport const a = x;\n`,
    rule: imports,
  },
  {
    path: 'libs/delivery/src/socket.ts',
    code: `import { connect } from 'node:net';\nexport const a = connect;\n`,
    rule: imports,
  },
  {
    path: 'libs/identity/src/domain/framework.ts',
    code: `import { x } from '@nestjs/common';\nexport const a = x;\n`,
    rule: imports,
  },
  {
    path: 'libs/identity/src/domain/platform.ts',
    code: `import { x } from '@repartee/platform';\nexport const a = x;\n`,
    rule: imports,
  },
  {
    path: 'libs/identity/src/domain/neighbour.ts',
    code: `import { x } from '@repartee/ingestion';\nexport const a = x;\n`,
    rule: imports,
  },
  {
    path: 'libs/identity/src/domain/io.ts',
    code: `import { x } from 'node:fs';\nexport const a = x;\n`,
    rule: imports,
  },
  {
    path: 'libs/identity/src/domain/cell.ts',
    code: `import { x } from '../persistence/a.js';\nexport const a = x;\n`,
    rule: imports,
  },
  {
    path: 'libs/identity/src/domain/clock.ts',
    code: `export const a = () => Date.now();\n`,
    rule: 'no-restricted-properties',
  },
  {
    path: 'libs/identity/src/domain/dice.ts',
    code: `export const a = () => Math.random();\n`,
    rule: 'no-restricted-properties',
  },
  {
    path: 'libs/identity/src/domain/date.ts',
    code: `export const a = () => new Date();\n`,
    rule: 'no-restricted-syntax',
  },
  {
    path: 'libs/identity/src/domain/timer.ts',
    code: `export const a = () => setTimeout(() => 1, 2);\n`,
    rule: 'no-restricted-globals',
  },
  {
    path: 'libs/identity/src/any.ts',
    code: `export const a = (x: unknown) => x as any;\n`,
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    path: 'libs/identity/src/default.ts',
    code: `const a = 1;\nexport default a;\n`,
    rule: 'no-restricted-syntax',
  },
  {
    path: 'libs/identity/src/state.ts',
    code: `export const seen = new Map<string, number>();\n`,
    rule: 'no-restricted-syntax',
  },
  {
    path: 'libs/identity/src/wide.ts',
    code: `export class A {\n  constructor(${'abcdefgh'
      .split('')
      .map((name) => `readonly ${name}: number`)
      .join(', ')}) {}\n}\n`,
    rule: 'no-restricted-syntax',
  },
  {
    path: 'libs/identity/src/console.ts',
    code: `console.log(1);\nexport const a = 1;\n`,
    rule: 'no-console',
  },
  {
    path: 'libs/identity/src/long.ts',
    code: `export const a = 1;\n${'// a line\n'.repeat(260)}`,
    rule: 'max-lines',
  },
  {
    path: 'libs/identity/src/long-function.ts',
    code: `export function a() {\n${'  // a line\n'.repeat(61)}}\n`,
    rule: 'max-lines-per-function',
  },
  {
    path: 'libs/identity/src/types.ts',
    code: `import { Failure } from '@repartee/contracts';\nexport const a = (x: Failure) => x.code;\n`,
    rule: '@typescript-eslint/consistent-type-imports',
  },
  {
    path: 'libs/identity/src/skips.spec.ts',
    code: `it.skip('waits', () => expect(1).toBe(1));\n`,
    rule: 'no-restricted-syntax',
  },
  {
    path: 'libs/clients/web-sdk/src/node.ts',
    code: `export const a = process.env;\n`,
    rule: 'no-restricted-globals',
  },
];

describe('the lint', () => {
  const root = join(__dirname, '../..');
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'lint-cases.mjs')], {
    cwd: root,
    input: JSON.stringify(cases.map(({ path, code }) => ({ path: join(root, path), code }))),
    encoding: 'utf8',
  });
  const spoken = stdout ? (JSON.parse(stdout) as string[][]) : [];

  it('runs', () =>
    expect({ answers: spoken.length, stderr }).toEqual({
      answers: cases.length,
      stderr: expect.any(String),
    }));

  it.each(cases.map((one, index) => ({ ...one, index })))('$path: $rule', ({ rule, index }) => {
    if (rule) expect(spoken[index]).toContain(rule);
    else expect(spoken[index]).toEqual([]);
  });
});
