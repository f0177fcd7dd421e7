import {
  formatFiles,
  generateFiles,
  names,
  output,
  readJson,
  updateJson,
  type GeneratorCallback,
  type Tree,
} from '@nx/devkit';
import { fileURLToPath } from 'node:url';

/** What `nx g @repartee/tools:connector` takes. */
export interface ConnectorOptions {
  name: string;
  /** The channel it serves. */
  channel: string;
}

interface Manifest {
  dependencies: Record<string, string>;
}

const REGISTRY = 'src/connectors.registry.ts';
const templates = fileURLToPath(new URL('./files', import.meta.url));

function refuseWhatDoesNotFit(tree: Tree, { name, channel }: ConnectorOptions): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Error(`"${name}" is not kebab-case.`);
  if (!/^[a-z][a-z0-9_]*$/.test(channel))
    throw new Error(`"${channel}" is no name of a channel: small letters, digits and _.`);
  if (tree.exists(`libs/connectors/${name}`)) throw new Error(`libs/connectors/${name} is there already.`);
}

/** Names the connector in an app: one import, one entry of the list, one dependency. */
function register(tree: Tree, app: string, { name }: ConnectorOptions): void {
  const path = `${app}/${REGISTRY}`;
  const { propertyName } = names(name);
  const source = tree.read(path, 'utf8') ?? '';
  const list = /\[([^\]]*)\](?= as const)/.exec(source);
  if (!list) throw new Error(`${path} holds no list of connectors to add to.`);
  const [, held = ''] = list;
  const entries = [...held.split(',').map((entry) => entry.trim()), propertyName].filter(Boolean);
  // As it is formatted: then one line is added to a long list.
  const long = held.includes('\n');
  const line = `import { ${propertyName} } from '@repartee/connector-${name}';\n`;
  const lastImport = source.lastIndexOf('import ');
  const after = lastImport < 0 ? 0 : source.indexOf('\n', lastImport) + 1;
  const listed = source.replace(
    list[0],
    long ? `[\n  ${entries.join(',\n  ')},\n]` : `[${entries.join(', ')}]`,
  );
  tree.write(path, listed.slice(0, after) + line + listed.slice(after));
  updateJson<Manifest>(tree, `${app}/package.json`, (manifest) => ({
    ...manifest,
    dependencies: { ...manifest.dependencies, [`@repartee/connector-${name}`]: '0.1.0' },
  }));
}

function whatIsLeft({ name }: ConnectorOptions): GeneratorCallback {
  return () =>
    output.note({
      title: `libs/connectors/${name} is made and registered, and passes the contract as it is.`,
      bodyLines: [
        '1. npm install, so that the apps find it.',
        `2. npx jest --selectProjects ${name}: the contract against the simulated provider in src/testing.`,
        '3. Make it your provider’s: settings, content, deliver; then npm run certify and npm run generate.',
      ],
    });
}

/** Makes `libs/connectors/<name>`: definition, simulated provider, contract spec; and registers it. */
export async function connectorGenerator(tree: Tree, options: ConnectorOptions): Promise<GeneratorCallback> {
  refuseWhatDoesNotFit(tree, options);
  const { dependencies } = readJson<Manifest>(tree, 'libs/connectors/sdk/package.json');
  const { className, propertyName, constantName } = names(options.name);
  generateFiles(tree, templates, `libs/connectors/${options.name}`, {
    ...options,
    className,
    propertyName,
    constantName,
    zod: dependencies['zod'],
  });
  for (const app of tree.children('apps').map((one) => `apps/${one}`))
    if (tree.exists(`${app}/${REGISTRY}`)) register(tree, app, options);
  await formatFiles(tree);
  return whatIsLeft(options);
}
