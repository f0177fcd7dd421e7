import eslint from '@eslint/js';
import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import {
  connectors,
  depConstraints,
  domainImports,
  domainNode,
  doors,
  house,
  impure,
  moduleState,
  naming,
  network,
  noSkips,
  otherCells,
  providers,
  restrictedImports,
  testKit,
  testingDoor,
} from './tools/architecture/lint-patterns.mjs';

// Without a project graph Nx's rule passes everything, so the graph is made before the first file is read.
process.env.NX_DAEMON ??= 'false';
await createProjectGraphAsync();

const boundaries = (allow = []) => [
  'error',
  { allow, depConstraints, enforceBuildableLibDependency: true, banTransitiveDependencies: false },
];

const specs = ['**/*.spec.ts', '**/*.spec.tsx'];
const tests = [...specs, '**/testing/**/*.ts', 'apps/e2e/**/*.ts', 'libs/connectors/test-kit/**/*.ts'];
const generated = ['**/*.generated.ts'];
/** Loaded by a tool that wants a default export. */
const configFiles = ['**/*.config.{mjs,cjs,js,ts}', '**/*.preset.cjs', '**/testing/global-*.ts'];
const browser = [
  'libs/clients/*/src/**/*.{ts,tsx}',
  'libs/ui/src/**/*.{ts,tsx}',
  'apps/*/src/client/**/*.{ts,tsx}',
];

const nodeGlobals = Object.fromEntries(
  [
    'process',
    'console',
    'Buffer',
    'URL',
    'URLSearchParams',
    'fetch',
    'performance',
    'AbortSignal',
    'AbortController',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'setImmediate',
    'TextEncoder',
    'TextDecoder',
  ].map((name) => [name, 'readonly']),
);
const commonJsGlobals = Object.fromEntries(
  ['require', 'module', 'exports', '__dirname', '__filename'].map((name) => [name, 'readonly']),
);

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.data/**',
      '.nx/**',
      '**/coverage/**',
      'docs/**',
      '**/*.d.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { ecmaVersion: 2024, globals: nodeGlobals },
    rules: { 'max-lines': ['error', 250], 'max-lines-per-function': ['error', 60] },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: commonJsGlobals } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    plugins: { '@nx': nx },
    languageOptions: {
      // The rule on type imports leaves alone what decorators need at run time; it must know that they emit metadata.
      parserOptions: {
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        ecmaFeatures: { jsx: true },
      },
    },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-restricted-imports': restrictedImports(
        doors,
        testingDoor,
        connectors,
        providers,
      ),
      'no-restricted-syntax': ['error', ...naming, ...moduleState],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'start' }],
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', 60],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-throw-literal': 'error',
      // Input is checked for NUL and its like by name.
      'no-control-regex': 'off',
    },
  },
  { files: ['libs/**/*.{ts,tsx}'], rules: { 'no-console': 'error' } },
  {
    files: ['libs/*/src/**/*.ts'],
    ignores: ['libs/contracts/**', 'libs/platform/**', 'libs/connectors/**', 'libs/clients/**', 'libs/ui/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': restrictedImports(
        doors,
        testingDoor,
        connectors,
        providers,
        network,
      ),
      'no-restricted-globals': ['error', { name: 'fetch', message: network.message }],
    },
  },
  {
    files: ['libs/*/src/domain/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': restrictedImports(
        doors,
        domainImports,
        domainNode,
        otherCells,
      ),
      'no-restricted-syntax': ['error', ...naming, ...moduleState, ...impure],
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'console',
          'fetch',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'performance',
          'crypto',
        ].map((name) => ({
          name,
          message: 'The domain has no clock, no randomness and no IO.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes in as an argument.' },
        { object: 'Math', property: 'random', message: 'Random numbers come in as arguments.' },
      ],
    },
  },
  {
    files: ['libs/connectors/*/src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': restrictedImports(doors, testingDoor, connectors, testKit),
    },
  },
  {
    files: [`apps/*/${house.connectorRegistry}`],
    rules: { '@typescript-eslint/no-restricted-imports': restrictedImports(doors, testingDoor, providers) },
  },
  {
    files: browser,
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require', '__dirname'],
      '@typescript-eslint/no-restricted-imports': restrictedImports(
        doors,
        testingDoor,
        connectors,
        providers,
        {
          regex: '^node:',
          message: 'This runs in a browser.',
        },
      ),
    },
  },
  {
    // The sandbox is the world outside: it plays the provider. The bench measures a vendor's SDK alone, as a ceiling.
    files: ['apps/sandbox/src/**/*.ts', 'tools/bench/handoff/raw-pool.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': restrictedImports(doors, testingDoor, connectors) },
  },
  {
    // Tools build documents from the running parts and start the core: the one place that may look into an app.
    files: ['tools/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': boundaries(['@repartee/core']) },
  },
  {
    files: tests,
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-syntax': ['error', ...naming, ...noSkips],
      '@typescript-eslint/no-restricted-imports': restrictedImports(doors, connectors),
    },
  },
  { files: generated, rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' } },
  {
    files: configFiles,
    rules: { 'no-restricted-syntax': 'off', 'max-lines-per-function': 'off', 'max-lines': 'off' },
  },
  prettier,
);
