module.exports = { ...require('../../jest.preset.cjs'), displayName: 'learning', rootDir: '.' };
