module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'sms-twilio', rootDir: '.' };
