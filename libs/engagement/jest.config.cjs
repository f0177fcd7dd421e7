module.exports = { ...require('../../jest.preset.cjs'), displayName: 'engagement', rootDir: '.' };
