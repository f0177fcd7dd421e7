import { type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { join } from 'node:path';
import { readHere as read, whatFails } from '../testing/made.js';
import * as source from './connector-generator.js';

const { connectorGenerator } = source;
const REGISTRY = 'apps/core/src/connectors.registry.ts';
const MADE = 'libs/connectors/push-acme/';

function emptyHouse(): Tree {
  const tree = createTreeWithEmptyWorkspace();
  tree.delete('.oxfmtrc.json');
  tree.write('.prettierrc.json', read('.prettierrc.json'));
  tree.write('libs/connectors/sdk/package.json', read('libs/connectors/sdk/package.json'));
  tree.write(REGISTRY, read(REGISTRY));
  tree.write('apps/core/package.json', read('apps/core/package.json'));
  return tree;
}

describe('the connector generator', () => {
  // Jest cannot load prettier, an ES module; Nx says so and leaves the text as the templates have it.
  beforeAll(() => jest.spyOn(console, 'warn').mockImplementation());
  afterAll(() => jest.restoreAllMocks());

  it('makes a connector with its contract, and one line in the registry', async () => {
    const tree = emptyHouse();
    const before = tree.listChanges().map(({ path }) => path);
    await connectorGenerator(tree, { name: 'push-acme', channel: 'push' });
    const made = tree
      .listChanges()
      .map(({ path }) => path)
      .filter((path) => !before.includes(path));
    expect(made.map((path) => path.replace(MADE, '')).sort()).toEqual([
      'README.md',
      'certificate.json',
      'jest.config.cjs',
      'package.json',
      'src/index.ts',
      'src/push-acme-treatment.ts',
      'src/push-acme.contract.spec.ts',
      'src/push-acme.ts',
      'src/testing/simulated-provider.ts',
    ]);
    const registry = tree.read(REGISTRY, 'utf8') ?? '';
    expect(registry).toContain("import { pushAcme } from '@repartee/connector-push-acme';\n");
    expect(registry).toMatch(/= \[[^\]]*\bemailSmtp,[^\]]*\bpushAcme,?\s*\] as const/);
    const added = registry.split('\n').filter((line) => !read(REGISTRY).split('\n').includes(line));
    expect(added.length).toBeLessThanOrEqual(2);
    expect(JSON.parse(tree.read('apps/core/package.json', 'utf8') ?? '')).toMatchObject({
      dependencies: { '@repartee/connector-push-acme': '0.1.0' },
    });
    expect(JSON.parse(tree.read(`${MADE}package.json`, 'utf8') ?? '')).toMatchObject({
      name: '@repartee/connector-push-acme',
      nx: { name: 'connector-push-acme', tags: ['floor:connector', 'kind:connector'] },
    });
  });

  it.each([
    ['PushAcme', 'push', 'kebab-case'],
    ['push-acme', 'Push!', 'is no name of a channel'],
    ['sdk', 'push', 'is there already'],
  ])('refuses %s for %s: %s', async (name, channel, reason) => {
    await expect(connectorGenerator(emptyHouse(), { name, channel })).rejects.toThrow(reason);
  });

  it('is what generators.json names: the built factory of this source, and its schema', () => {
    const { factory, schema } = (
      JSON.parse(read('tools/generators.json')) as {
        generators: { connector: { factory: string; schema: string } };
      }
    ).generators.connector;
    const [file, name] = factory.split('#');
    expect(file).toBe('./dist/generators/connector/connector-generator.js');
    expect(source).toHaveProperty(name ?? '', connectorGenerator);
    expect(JSON.parse(read(join('tools', schema)))).toMatchObject({ required: ['name', 'channel'] });
  });

  it('makes a connector that type-checks and passes the contract with its certificate', async () => {
    const tree = emptyHouse();
    await connectorGenerator(tree, { name: 'push-acme', channel: 'push' });
    const needs = ['sdk', 'host', 'test-kit'].map((name) => `libs/connectors/${name}`);
    expect(whatFails({ tree, package: MADE, needs })).toBe('');
  }, 240_000);
});
