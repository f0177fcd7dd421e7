module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'call-center', rootDir: '.' };
