import { senderOf } from './sender-of.js';
import { SECRET, startHost, testConnector } from './testing/host-fixture.js';

describe('what a connector sends from', () => {
  it.each([
    ['+1 (415) 555-0100', '+1 415 555-0100'],
    ['()', undefined],
    [undefined, undefined],
  ])('is %s in the form of consents: %s', async (sender, word) => {
    const { host, app } = await startHost({ definitions: [testConnector({ sender: () => sender })] });
    expect(senderOf(host, 'sms-test')).toBe(word);
    expect(senderOf(host, 'nobody')).toBeUndefined();
    await app.close();
  });

  it('follows the settings in force', async () => {
    const from = ({ retries }: Record<string, unknown>) => String(retries);
    const { host, app } = await startHost({
      definitions: [testConnector({ sender: from })],
      environment: {},
    });
    expect(senderOf(host, 'sms-test')).toBeUndefined();
    host.runner('sms-test')?.use({ configured: true, settings: { token: SECRET, retries: 7 }, secrets: [] });
    expect(senderOf(host, 'sms-test')).toBe('7');
    await app.close();
  });
});
