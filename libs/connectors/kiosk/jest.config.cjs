module.exports = { ...require('../../../jest.preset.cjs'), displayName: 'connector-kiosk', rootDir: '.' };
