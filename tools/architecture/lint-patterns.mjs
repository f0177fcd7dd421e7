import { readFileSync } from 'node:fs';

/** The same table that the architecture test reads: which floor may import which. */
export const house = JSON.parse(readFileSync(new URL('./floors.json', import.meta.url), 'utf8'));

const bare = new Set(house.withoutFrameworks);
const frameworkBan = (name) => (bare.has(name) ? { bannedExternalImports: house.frameworks } : {});
const floorTags = (names) => names.map((name) => `floor:${name}`);
export const depConstraints = [
  ...house.floors.map((name, height) => ({
    sourceTag: `floor:${name}`,
    onlyDependOnLibsWithTags: floorTags([
      ...house.floors.slice(0, height),
      ...(house.alsoImports[name] ?? []),
    ]),
  })),
  ...Object.entries(house.beside).map(([name, imports]) => ({
    sourceTag: `floor:${name}`,
    onlyDependOnLibsWithTags: floorTags(imports),
    ...frameworkBan(name),
  })),
];

const escaped = (name) => name.replace(/[/.*]/g, '\\$&');
const oneOf = (names) => names.map(escaped).join('|');

export const doors = {
  regex: '^@repartee/[^/]+/(?!domain$|testing$|thread$|stream-worker$)',
  message:
    'A package is entered by its doors: @repartee/<name>, @repartee/<name>/domain, /thread in a worker thread, or /stream-worker in a shared worker.',
};
export const testingDoor = { regex: '^@repartee/[^/]+/testing$', message: 'The testing door is for tests.' };
export const testKit = {
  regex: '^@repartee/connector-test-kit$',
  message: 'The test kit is for the specs of connectors.',
};
export const connectors = {
  regex: '^@repartee/connector-(?!sdk$|host$|test-kit$)',
  message: `Only ${house.connectorRegistry} of an app names a connector.`,
};
export const providers = {
  regex: `^(${oneOf(house.providers)})($|/)`,
  message: 'Only a connector talks to a provider.',
};
export const network = {
  regex: '^((node:)?(https?|http2|net|tls|dgram)|undici|axios|got)($|/)',
  message: 'There is one way out: the send gate, then a connector.',
};
export const domainImports = {
  regex: `^(?!\\.|node:|@repartee/contracts$|@repartee/[^/]+/domain$|(${oneOf(house.domainLibraries)})($|/))`,
  message: 'The domain is pure: its own files, lower domains, contracts and the short list in floors.json.',
};
export const domainNode = { regex: '^node:', allowTypeImports: true, message: 'The domain does no IO.' };
export const otherCells = {
  regex: '^\\.\\./(.*/)?(persistence|api)/|\\.module\\.js$',
  message: 'The domain knows no other cell.',
};
export const restrictedImports = (...patterns) => ['error', { patterns }];

export const naming = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Named exports only.' },
  {
    selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>7]',
    message: 'A class that needs more than 7 things wants to be two classes.',
  },
  {
    selector: 'TSInterfaceDeclaration[id.name=/^I[A-Z][a-z]/]',
    message: 'The interface takes the plain name.',
  },
  {
    selector: 'ClassDeclaration[id.name=/Impl$/]',
    message: 'Name the implementation by what is special about it.',
  },
];
export const moduleState = [
  ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind="let"]',
  ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator > NewExpression[callee.name=/^(Map|Set|WeakMap|WeakSet)$/][arguments.length=0]',
].map((selector) => ({ selector, message: 'No mutable state at module level: pass it in or inject it.' }));
export const impure = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Time comes in as an argument.',
  },
  { selector: 'CallExpression[callee.name="Date"]', message: 'Time comes in as an argument.' },
  {
    selector:
      ':matches(CallExpression[callee.name="randomUUID"], MemberExpression[property.name="randomUUID"])',
    message: 'Ids come in as arguments.',
  },
];
export const noSkips = [
  {
    selector:
      'MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(skip|only|todo|failing)$/]',
    message: 'A test runs, or it is not there.',
  },
  {
    selector: 'CallExpression[callee.name=/^(xit|xdescribe|xtest|fit|fdescribe)$/]',
    message: 'A test runs, or it is not there.',
  },
];
