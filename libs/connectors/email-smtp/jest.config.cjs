module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'email-smtp', rootDir: '.' };
