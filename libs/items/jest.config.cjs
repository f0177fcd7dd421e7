module.exports = { ...require('../../jest.preset.cjs'), displayName: 'items', rootDir: '.' };
