module.exports = { ...require('../../jest.preset.cjs'), displayName: 'dialogue', rootDir: '.' };
