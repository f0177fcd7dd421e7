import { type RawRequest, type ReceivedFacts } from '@repartee/connector-sdk';
import { createHmac } from 'node:crypto';
import { callCenter } from './call-center.js';
import { signReport } from './signature.js';

const NOW = Date.parse('2027-03-01T15:00:00Z');
const HOOKS = 'https://hub.example/v1/connectors/call-center/webhooks';
const settings = {
  signingKey: 'key-of-the-telephone-system',
  twilioAuthToken: 'token',
  queue: 'calls',
  publicUrl: 'https://hub.example',
};
const context = { settings, clock: { now: () => NOW } } as unknown as Parameters<
  NonNullable<typeof callCenter.verify>
>[1];
const receive = (raw: RawRequest) => callCenter.receive?.(raw, context) as ReceivedFacts;

function report(body: unknown, at = NOW): RawRequest {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const timestamp = String(at / 1000);
  const signature = signReport(timestamp, bytes, settings.signingKey);
  const headers = { 'x-call-timestamp': timestamp, 'x-call-signature': signature };
  return { method: 'POST', url: `${HOOKS}/cti`, headers, body: bytes };
}

function twilio(path: string, fields: Record<string, string>, host = 'https://hub.example'): RawRequest {
  const url = `${HOOKS}${path}`;
  const signed =
    url +
    Object.keys(fields)
      .sort()
      .map((name) => `${name}${fields[name]}`)
      .join('');
  return {
    method: 'POST',
    url: url.replace('https://hub.example', host),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', settings.twilioAuthToken).update(signed).digest('base64'),
    },
    body: Buffer.from(new URLSearchParams(fields).toString()),
  };
}

describe('reports of telephone systems', () => {
  it('are taken when they are signed, and lately', () => {
    const body = { callId: 'c1', event: 'started', number: '+442079460100' };
    expect(callCenter.verify?.(report(body), context)).toBe(true);
    expect(callCenter.verify?.(report(body, NOW - 301_000), context)).toBe(false);
    expect(callCenter.verify?.({ ...report(body), headers: {} }, context)).toBe(false);
    const keyless = { ...context, settings: { queue: 'calls' } };
    expect(callCenter.verify?.(report(body), keyless)).toBe(false);
  });

  it('become facts, one or many', () => {
    const at = '2027-03-01T14:59:00Z';
    const started = { callId: 'c1', event: 'started', at, number: 'anonymous', queue: 'sales', extra: 1 };
    const { reply, facts } = receive(report([started, { callId: 'c1', event: 'ended', eventId: 'e9' }]));
    expect(reply.status).toBe(204);
    expect(facts).toEqual([
      {
        kind: 'call',
        id: `c1:started:${at}`,
        at,
        callId: 'c1',
        event: 'started',
        number: 'anonymous',
        queue: 'sales',
      },
      { kind: 'call', id: 'e9', callId: 'c1', event: 'ended' },
    ]);
  });

  it.each(['', '{', '[]', '{"callId":"c"}', '{"callId":"c","event":"sung"}'])('refuse %j', (body) => {
    expect(receive(report(body))).toMatchObject({ reply: { status: 422 }, facts: [] });
  });
});

describe('Twilio Voice', () => {
  const call = { CallSid: 'CA1', From: '+442079460100', To: '+442079460199', Direction: 'inbound' };

  it('is believed by its signature, behind a proxy, too', () => {
    const raw = twilio('/voice?queue=sales', call, 'http://10.0.0.1:4000');
    expect(callCenter.verify?.(raw, context)).toBe(true);
    expect(callCenter.verify?.({ ...raw, body: Buffer.from('CallSid=CA2') }, context)).toBe(false);
    const tokenless = { ...context, settings: { queue: 'calls' } };
    expect(callCenter.verify?.(raw, tokenless)).toBe(false);
  });

  it('puts callers into a queue by TwiML', () => {
    const { reply, facts } = receive(twilio('/voice?queue=sales', { ...call, CallStatus: 'ringing' }));
    expect(reply.body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Enqueue>sales</Enqueue></Response>',
    );
    expect(facts).toMatchObject([
      { callId: 'CA1', event: 'started', direction: 'inbound', number: '+442079460100', queue: 'sales' },
    ]);
    const { reply: other } = receive(twilio('/voice?queue=%3CDial%3E', call));
    expect(other.body).toContain('<Enqueue>calls</Enqueue>');
  });

  it('tells who takes a caller, and when a call ends', () => {
    const { facts } = receive(twilio('/voice/connected?agent=ann', { CallSid: 'CA1' }));
    expect(facts).toMatchObject([{ callId: 'CA1', event: 'answered', agent: 'ann' }]);
    const ended = { ...call, CallStatus: 'completed', Timestamp: 'Mon, 01 Mar 2027 14:59:00 +0000' };
    expect(receive(twilio('/voice/status', ended)).facts).toMatchObject([
      { event: 'ended', at: '2027-03-01T14:59:00.000Z' },
    ]);
    expect(receive(twilio('/voice/status', { ...call, CallStatus: 'in-progress' })).facts).toEqual([]);
    const out = { ...call, Direction: 'outbound-api', CallStatus: 'in-progress' };
    expect(receive(twilio('/voice/status', out)).facts).toMatchObject([
      { event: 'answered', direction: 'outbound', number: '+442079460199' },
    ]);
  });
});
