module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'direct-mail-file', rootDir: '.' };
