/** Whole cores on machines that do other things at the same time. */
module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'core',
  rootDir: '.',
  testTimeout: 30_000,
};
