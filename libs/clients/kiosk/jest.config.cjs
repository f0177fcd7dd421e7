module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'kiosk-client', rootDir: '.' };
