module.exports = { ...require('../../jest.preset.cjs'), displayName: 'orchestration', rootDir: '.' };
