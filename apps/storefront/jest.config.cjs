module.exports = { ...require('../../jest.preset.cjs'), displayName: 'storefront', rootDir: '.' };
