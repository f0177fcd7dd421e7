import { join } from 'node:path';
import { Outside } from '../testing/outside.js';

const PAGER = `
import { accepted, defineConnector, secret } from '@repartee/connector-sdk';
import { z } from 'zod';
export const pager = defineConnector({
  name: 'acme-pager', channel: 'pager', sdk: '^1.0.0', stability: 'beta',
  settings: z.object({ apiKey: secret() }),
  capabilities: { receipts: false, reconcile: 'none' },
  async deliver(action, ctx) { return accepted(ctx.idempotencyKey + action.to.address.length); },
});
`;
const outside = new Outside();

function installed(name: string, entry: string, more: object = {}): string {
  outside.write(`sources/${name}/package.json`, {
    name,
    version: '1.0.0',
    type: 'module',
    exports: './index.js',
    ...more,
  });
  outside.write(`sources/${name}/index.js`, entry);
  outside.install(name, join(outside.folder, 'sources', name));
  return name;
}

// The SDK is packed from what was built.
beforeAll(() => outside.installSdk(), 120_000);
afterAll(() => outside.remove());

describe('a connector out of this repository', () => {
  it('type-checks against the published SDK', () => {
    outside.write('package.json', { type: 'module' });
    outside.write('pager.ts', PAGER);
    outside.write(
      'wrong.ts',
      PAGER.replace("stability: 'beta'", "stability: 'perfect'").replace('ctx.idempotencyKey', 'ctx.nothing'),
    );
    expect(outside.check('pager.ts')).toBe('');
    expect(outside.check('wrong.ts').match(/error TS\d+/g)).toHaveLength(2);
  }, 120_000);

  it('is found by the name of its package, and by its path', () => {
    const certificate = {
      connector: 'acme-pager',
      channel: 'pager',
      sdk: '^1.0.0',
      claims: { receipts: false, reconcile: 'none' },
      ways: ['in-process'],
      checks: {},
    };
    outside.write('sources/acme-pager-connector/certificate.json', certificate);
    const byName = installed('acme-pager-connector', `${PAGER} export default pager;`);
    expect(outside.load(byName)).toEqual([{ name: 'acme-pager', certified: true }]);
    outside.write('mine/pager.mjs', PAGER.replace('acme-pager', 'my-pager'));
    expect(outside.load(byName, './mine/pager.mjs')).toEqual([
      { name: 'acme-pager', certified: true },
      { name: 'my-pager', certified: false },
    ]);
    const conditions = { '.': { browser: './no.js', node: { import: './index.js' } } };
    expect(outside.load(installed('conditional', PAGER, { exports: conditions }))).toHaveLength(1);
  });

  it.each([
    ['not-there', undefined, 'not-there is not installed in '],
    [
      'empty',
      'export const tea = 1;',
      'empty exports no connector; use defineConnector of @repartee/connector-sdk',
    ],
    ['broken', 'export const = ;', 'broken does not load: '],
    [
      'half',
      `export const x = { name: 'half', channel: 'pager', sdk: '^1.0.0', stability: 'beta', settings: {} };`,
      'half exports a connector that is none: settings: must be an object schema of zod',
    ],
    [
      'shouting',
      PAGER.replace('defineConnector(', '(').replace('acme-pager', 'Shouting'),
      'shouting exports a connector that is none: name: must be kebab-case',
    ],
  ])('is refused with one line where it is none: %s', (name, entry, line) => {
    if (entry !== undefined) installed(name, entry);
    const said = outside.load(name) as { ConnectorStartError?: string };
    expect(said.ConnectorStartError).toContain(`REPARTEE_CONNECTORS: ${line}`);
    expect(said.ConnectorStartError?.split('\n')).toHaveLength(1);
  });
});
