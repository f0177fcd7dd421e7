import type { RawRequest } from '@repartee/connector-sdk';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import twilio from 'twilio';
import { smsTwilio } from './index.js';
import { contextFor } from './testing/connector-fixture.js';
import { TOKEN } from './testing/twilio-stand-in.js';

const FORM = 'application/x-www-form-urlencoded; charset=UTF-8';
const INBOUND = 'https://shop.example/v1/connectors/sms-twilio/webhooks/inbound';

function request(
  url: string,
  body: string,
  signature: string,
  contentType = FORM,
  method = 'POST',
): RawRequest {
  return {
    method,
    url,
    headers: { 'content-type': contentType, 'x-twilio-signature': signature },
    body: Buffer.from(body),
  };
}
const verify = (raw: RawRequest, settings = {}) => smsTwilio.verify?.(raw, contextFor(settings));
/** As Twilio signs, by its own library. */
const sign = (url: string, fields: object, token = TOKEN) =>
  twilio.getExpectedTwilioSignature(token, url, fields as Record<string, string>);

describe('the signature', () => {
  it('is the one of the published example', () => {
    // https://www.twilio.com/docs/usage/security#validating-requests
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    const fields = {
      Digits: '1234',
      To: '+18005551212',
      From: '+14158675309',
      Caller: '+14158675309',
      CallSid: 'CA1234567890ABCDE',
    };
    const body = new URLSearchParams(fields).toString();
    const raw = request(url, body, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=');
    expect(verify(raw, { authToken: '12345' })).toBe(true);
    expect(verify(raw, { authToken: '12346' })).toBe(false);
  });

  it('agrees with Twilio’s library, whatever was changed', () => {
    const name = fc.oneof(
      fc.constantFrom('Body', 'From', 'To', 'body'),
      fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
    );
    const value = fc.oneof(
      fc.constantFrom('+14155550100', 'a b', 'a+b', '%20', ''),
      fc.string({ unit: 'grapheme' }),
    );
    const change = fc.constantFrom('none', 'token', 'url', 'body', 'signature');
    const fields = fc.array(fc.tuple(name, value), { maxLength: 6 });
    fc.assert(
      fc.property(fields, change, fc.constantFrom('', ':443', ':8443'), (pairs, changed, port) => {
        const url = `https://shop.example${port}/v1/connectors/sms-twilio/webhooks/inbound?x=1`;
        const body = new URLSearchParams(pairs).toString();
        // As web frameworks parse it: a name that occurs once has a text, else a list.
        const form = new URLSearchParams(body);
        const parsed: Record<string, string | string[]> = Object.create(null);
        for (const key of form.keys()) {
          const all = form.getAll(key);
          parsed[key] = all.length > 1 ? [...all] : (all[0] ?? '');
        }
        const good = sign(changed === 'url' ? `${url}0` : url, parsed, changed === 'token' ? 'x' : TOKEN);
        const signature = changed === 'signature' ? `${good.slice(0, -2)}A=` : good;
        const sent = changed === 'body' ? `${body}&More=1` : body;
        if (changed === 'body') parsed['More'] = '1';
        const raw = request(url, sent, signature);
        const theirs = twilio.validateRequest(TOKEN, signature, url, parsed);
        expect(verify(raw, { publicUrl: undefined })).toBe(theirs);
        expect(theirs).toBe(changed === 'none' || (changed === 'signature' && signature === good));
      }),
    );
  });

  it('holds for a space written either way, for repeated names and for any script', () => {
    const fields = { Body: 'a b ☕ ü', A: ['2', '1', '2'] };
    const signature = sign(INBOUND, fields);
    for (const space of ['+', '%20'])
      expect(
        verify(request(INBOUND, `A=2&Body=a${space}b${space}%E2%98%95${space}%C3%BC&A=1&A=2`, signature)),
      ).toBe(true);
  });

  it('holds behind a proxy, by the public URL, with and without its port', () => {
    const fields = { Body: 'STOP' };
    const path = '/v1/connectors/sms-twilio/webhooks/inbound';
    for (const signed of [`https://shop.example${path}`, `https://shop.example:443${path}`])
      expect(verify(request(`http://10.0.0.7:4000${path}`, 'Body=STOP', sign(signed, fields)))).toBe(true);
    expect(
      verify(
        request(`http://10.0.0.7:4000${path}`, 'Body=STOP', sign(`https://evil.example${path}`, fields)),
      ),
    ).toBe(false);
  });

  it('binds a body of another kind by its hash', () => {
    const body = '{"a":"ü"}';
    const url = `${INBOUND}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
    const signature = sign(url, {});
    expect(twilio.validateRequestWithBody(TOKEN, signature, url, body)).toBe(true);
    expect(verify(request(url, body, signature, 'application/json'))).toBe(true);
    expect(verify(request(url, `${body} `, signature, 'application/json'))).toBe(false);
    expect(verify(request(INBOUND, body, sign(INBOUND, {}), 'application/json'))).toBe(false);
  });

  it('takes two tokens while they are being exchanged', () => {
    const raw = request(INBOUND, 'Body=Hi', sign(INBOUND, { Body: 'Hi' }, 'the new one'));
    expect(verify(raw)).toBe(false);
    expect(verify(raw, { authTokenSecondary: 'the new one' })).toBe(true);
    expect(verify({ ...raw, headers: { 'content-type': FORM } })).toBe(false);
  });

  it('covers a call without a body', () => {
    expect(verify(request(`${INBOUND}?Body=Hi`, '', sign(`${INBOUND}?Body=Hi`, {}), '', 'GET'))).toBe(true);
  });
});
