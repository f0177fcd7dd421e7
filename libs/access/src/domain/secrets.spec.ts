import { flawOfChosenKey, formatKey, formatSigningSecret } from './secrets.js';

describe('keys', () => {
  it('say what they are', () => {
    const random = Buffer.alloc(32, 1);
    expect(formatKey('public', random)).toMatch(/^rp_pub_[\w-]{43}$/);
    expect(formatKey('server', random)).toMatch(/^rp_srv_[\w-]{43}$/);
    expect(formatKey('admin', random)).toMatch(/^rp_adm_[\w-]{43}$/);
    expect(formatSigningSecret(random)).toMatch(/^rp_sig_[\w-]{43}$/);
  });

  it('may be chosen, within limits', () => {
    expect(flawOfChosenKey('my-key:1')).toBeNull();
    expect(flawOfChosenKey('short')).toMatch(/at least 8/);
    expect(flawOfChosenKey('x'.repeat(201))).toMatch(/at most 200/);
    for (const bad of ['with a space', 'tab\tinside', 'nul\0inside', 'schlüssel', 'line\nbreak']) {
      expect(flawOfChosenKey(bad)).toMatch(/printable/);
    }
    expect(flawOfChosenKey('rp_ses_abcdefgh')).toMatch(/session/);
  });
});
