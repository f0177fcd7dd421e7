import { formOf, type RawRequest, type ReceivedFacts } from '@repartee/connector-sdk';
import { attemptOf } from './callback-urls.js';
import { factsOfMessage } from './inbound-message.js';
import type { OptSettings } from './opt-scope.js';
import { factsOfStatus } from './status-callback.js';

/** TwiML that says nothing: Twilio answers opt-out words itself, and people are answered through the send gate alone. */
const SILENCE: ReceivedFacts['reply'] = {
  status: 200,
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  body: '<?xml version="1.0" encoding="UTF-8"?><Response></Response>',
};

/** What Twilio tells: how a message fares, or what a person answered. */
export function receive(raw: RawRequest, settings: OptSettings): ReceivedFacts {
  const form = formOf(raw);
  if (form.has('MessageStatus'))
    return { reply: { status: 204 }, facts: factsOfStatus(form, attemptOf(raw), settings) };
  return { reply: SILENCE, facts: factsOfMessage(form, settings) };
}
