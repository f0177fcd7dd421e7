import { accepted, rejected, TemplateError, type DeliveryContext } from '@repartee/connector-sdk';
import { fail, ok, type Action, type Outcome, type Result } from '@repartee/contracts';
import { statusCallback } from './callback-urls.js';
import { chooseSender } from './choose-sender.js';
import { furnishText } from './furnish-text.js';
import { MAX_TEXT, type CompiledSms } from './sms-content.js';
import type { SmsSettings } from './sms-settings.js';
import { withRefusalFacts } from './refusal-facts.js';
import { smsTreatment } from './sms-treatment.js';
import { openClient } from './twilio-client.js';
import { outcomeOfFailure } from './twilio-outcome.js';

export type SmsAction = Action & { content: CompiledSms };

/** A text with its address, ready for the API. */
export interface Text {
  to: string;
  /** Undefined where a Messaging Service chooses. */
  from: string | undefined;
  body: string;
}

const E164 = /^\+[1-9]\d{6,14}$/;
/** Seconds a message may wait at Twilio: the most it takes, and the least it advises. */
const LONGEST_WAIT = 36_000;
const SHORTEST_WAIT = 5;

/** Sends one text. */
export async function deliver(action: SmsAction, ctx: DeliveryContext<SmsSettings>): Promise<Outcome> {
  const { settings } = ctx;
  const text = composeText(action, settings);
  if (!text.ok) return text.failure;
  const { client, retryAfter } = openClient(ctx);
  const { publicUrl, messagingServiceSid } = settings;
  try {
    const message = await client.messages.create({
      to: text.value.to,
      body: text.value.body,
      ...(text.value.from === undefined ? { messagingServiceSid } : { from: text.value.from }),
      ...(publicUrl !== undefined && { statusCallback: statusCallback(publicUrl, action.attemptId) }),
      ...validityOf(action, ctx.clock.now()),
    });
    return accepted(message.sid);
  } catch (error) {
    const refused = {
      attemptId: action.attemptId,
      to: text.value.to,
      from: text.value.from ?? messagingServiceSid,
    };
    return withRefusalFacts(outcomeOfFailure(error, retryAfter()), refused, settings);
  }
}

/** What a person will read, the same on every call. Nothing was sent where it fails. */
export function composeText(action: SmsAction, settings: SmsSettings): Result<Text, Outcome> {
  const { address } = action.to;
  if (!E164.test(address)) return refuse('SMS.ADDRESS_INVALID', 'not a number in E.164');
  const from = chooseSender(settings.senders, address);
  try {
    const { text } = smsTreatment.render(action.content, { ...action.data, links: action.links });
    const body = furnishText(text, action, settings, from);
    if (body === undefined) return refuse('SMS.NO_WAY_OUT', 'a marketing text must say how to opt out');
    if (body === '') return refuse('SMS.TEXT_REJECTED', 'the text is empty');
    if (body.length > MAX_TEXT) return refuse('SMS.TEXT_REJECTED', `longer than ${MAX_TEXT} characters`);
    return ok({ to: address, from, body });
  } catch (error) {
    if (error instanceof TemplateError) return refuse('SMS.TEMPLATE_FAILED', error.message);
    throw error;
  }
}

/** A message that would expire while it waits at Twilio is not sent by it. */
function validityOf({ expiresAt }: Action, now: number): { validityPeriod?: number } {
  const seconds = expiresAt === undefined ? Infinity : Math.floor((Date.parse(expiresAt) - now) / 1000);
  return seconds < LONGEST_WAIT ? { validityPeriod: Math.max(SHORTEST_WAIT, seconds) } : {};
}

function refuse(code: string, detail: string): Result<never, Outcome> {
  return fail(rejected(code, { retryable: false, detail }));
}
