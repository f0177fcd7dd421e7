import { type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { join } from 'node:path';
import { readHere as read, whatFails } from '../testing/made.js';
import * as source from './scope-generator.js';

const { scopeGenerator } = source;

function emptyHouse(): Tree {
  const tree = createTreeWithEmptyWorkspace();
  tree.write('tools/architecture/floors.json', read('tools/architecture/floors.json'));
  tree.delete('.oxfmtrc.json');
  tree.write('.prettierrc.json', read('.prettierrc.json'));
  tree.write('libs/platform/package.json', read('libs/platform/package.json'));
  tree.write('libs/profile/src/persistence/a.migration.ts', 'export class CreateA1790000000510 {}');
  return tree;
}

describe('the scope generator', () => {
  // Jest cannot load prettier, an ES module; Nx says so and leaves the text as the templates have it.
  beforeAll(() => jest.spyOn(console, 'warn').mockImplementation());
  afterAll(() => jest.restoreAllMocks());

  it('makes three cells, two doors, a module and its specs, and touches nothing else', async () => {
    const tree = emptyHouse();
    const before = tree.listChanges().map(({ path }) => path);
    await scopeGenerator(tree, { name: 'loyalty-club', after: 'profile' });
    const made = tree
      .listChanges()
      .map(({ path }) => path)
      .filter((path) => !before.includes(path));
    expect(made.map((path) => path.replace('libs/loyalty-club/', '')).sort()).toEqual([
      'README.md',
      'jest.config.cjs',
      'package.json',
      'src/api/.gitkeep',
      'src/domain/index.ts',
      'src/domain/loyalty-club.spec.ts',
      'src/domain/loyalty-club.ts',
      'src/index.ts',
      'src/loyalty-club.module.ts',
      'src/persistence/create-loyalty-club.migration.ts',
      'src/persistence/index.ts',
      'src/persistence/loyalty-club-store.integration.spec.ts',
      'src/persistence/loyalty-club-store.ts',
      'src/persistence/loyalty-club.entity.ts',
    ]);
    expect(tree.read('libs/loyalty-club/src/persistence/index.ts', 'utf8')).toContain(
      'CreateLoyaltyClub1790000000600',
    );
    expect(JSON.parse(tree.read('libs/loyalty-club/package.json', 'utf8') ?? '')).toMatchObject({
      name: '@repartee/loyalty-club',
      nx: { tags: ['floor:loyalty-club', 'kind:scope'] },
      exports: { '.': {}, './domain': {} },
    });
  });

  it.each([
    ['Loyalty', 'profile', 'kebab-case'],
    ['loyalty', 'attic', 'is no floor for a scope'],
    ['loyalty', 'app', 'is no floor for a scope'],
    ['profile', 'identity', 'is there already'],
  ])('refuses %s after %s: %s', async (name, after, reason) => {
    await expect(scopeGenerator(emptyHouse(), { name, after })).rejects.toThrow(reason);
  });

  it('is what generators.json names: the built factory of this source, and its schema', () => {
    const { factory, schema } = (
      JSON.parse(read('tools/generators.json')) as {
        generators: { scope: { factory: string; schema: string } };
      }
    ).generators.scope;
    const [file, name] = factory.split('#');
    expect(file).toBe('./dist/generators/scope/scope-generator.js');
    expect(source).toHaveProperty(name ?? '', scopeGenerator);
    expect(JSON.parse(read(join('tools', schema)))).toMatchObject({ required: ['name', 'after'] });
  });

  it('makes a scope that type-checks and passes its own specs', async () => {
    const tree = emptyHouse();
    await scopeGenerator(tree, { name: 'loyalty-club', after: 'profile' });
    expect(whatFails({ tree, package: 'libs/loyalty-club/' })).toBe('');
  }, 180_000);
});
