/** What every package's jest.config.cjs builds on. Integration specs get a real PostgreSQL from the global set-up. */
const path = require('node:path');

const esModulesOnly = [
  '@nestjs',
  'typeorm',
  '@marcbachmann',
  'any-ascii',
  'uuid',
  'jose',
  'openid-client',
  'oauth4webapi',
  'oidc-provider',
  'html-to-text',
  '@selderee',
  'selderee',
  'parseley',
  'leac',
  'peberminta',
  'deepmerge-ts',
  'parse-json',
  'index-to-position',
  'supports-color',
  'change-case',
  // CommonJS, but with an `import()` that Jest's sandbox knows nothing of.
  '@opentelemetry/otlp-exporter-base',
].join('|');

module.exports = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['development', 'node', 'require', 'default'] },
  testMatch: ['<rootDir>/**/*.spec.ts', '<rootDir>/**/*.spec.tsx'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.(t|j|mj)sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true, tsx: false },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModulesOnly})/)`],
  globalSetup: path.join(__dirname, 'libs/platform/src/testing/global-set-up.ts'),
  globalTeardown: path.join(__dirname, 'libs/platform/src/testing/global-tear-down.ts'),
};
