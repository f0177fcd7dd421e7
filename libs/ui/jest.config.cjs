const preset = require('../../jest.preset.cjs');

/** As every package, with JSX. Components are tried in a real browser by the stories; here is what needs none. */
module.exports = {
  ...preset,
  displayName: 'ui',
  rootDir: '.',
  transform: {
    '^.+\\.(t|j|mj)sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
};
