import type { RawRequest } from '@repartee/connector-sdk';
import { simulatedHttp, type HttpCall, type ProviderReport } from '@repartee/connector-test-kit';
import twilio from 'twilio';
import { messageOf, pageOf, type StandInMessage } from './twilio-answers.js';

const ACCOUNT = `AC${'1'.repeat(32)}`;
const TOKEN = 'the-auth-token-of-this-account';
const SENDER = '+15005550006';

/** Twilio as the contract of connectors plays it. */
export function simulatedTwilio() {
  let count = 0;
  return simulatedHttp({
    settings: (url) => ({
      accountSid: ACCOUNT,
      authToken: TOKEN,
      senders: SENDER,
      apiUrl: url,
      publicUrl: 'https://hub.example.org',
    }),
    message(call) {
      const form = formOf(call);
      return form && { to: form.get('To') ?? '', message: messageOf(form, (count += 1)) };
    },
    accepted: (taken) => json(201, resourceOf(taken)),
    other({ path }, taken) {
      const { pathname, searchParams } = new URL(path, 'http://twilio');
      return pathname.endsWith('/Messages.json')
        ? json(200, pageOf(pathname, searchParams, taken.map(resourceOf)))
        : json(200, { sid: ACCOUNT, status: 'active' });
    },
    webhook,
  });
}

function resourceOf(taken: object): StandInMessage {
  return (taken as { message: StandInMessage }).message;
}

function formOf({ method, path, body }: HttpCall): URLSearchParams | undefined {
  return method === 'POST' && path.endsWith('/Messages.json') ? new URLSearchParams(body) : undefined;
}

function json(status: number, body: object) {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** A status callback, or a text of the person. */
function webhook({ kind, attemptId, providerId = '', address }: ProviderReport, base: string): RawRequest {
  const words: Partial<Record<ProviderReport['kind'], string>> = {
    'opt-out': 'STOP',
    'opt-in': 'START',
    message: 'Is it still there?',
  };
  const word = words[kind];
  const dead = kind === 'bounced';
  const fields: Record<string, string> =
    word === undefined
      ? {
          MessageSid: providerId,
          MessageStatus: dead ? 'undelivered' : kind,
          To: address,
          From: SENDER,
          ...(dead && { ErrorCode: '30005' }),
        }
      : { MessageSid: providerId, SmsStatus: 'received', From: address, To: SENDER, Body: word };
  const url = word === undefined ? `${base}/${attemptId}` : base;
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': twilio.getExpectedTwilioSignature(TOKEN, url, fields),
    },
    body: Buffer.from(new URLSearchParams(fields).toString()),
  };
}
