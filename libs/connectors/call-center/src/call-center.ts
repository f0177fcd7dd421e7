import { accepted, defineConnector, failureOfHttp, isSignedByTwilio, secret } from '@repartee/connector-sdk';
import { z } from 'zod';
import { callTreatment } from './call-treatment.js';
import { receiveReports } from './cti-report.js';
import { isSignedReport, signReport } from './signature.js';
import { calledUrls, isTwilioVoice, receiveVoice } from './twilio-voice.js';

const MAX_WORDS = 500;

/**
 * Calls, told by any telephone system or by Twilio Voice, and people to call. Voice stays with the telephone system. What
 * is accepted here becomes a task for an agent; with `dialUrl` the telephone system's dialler hears of it, too.
 */
export const callCenter = defineConnector({
  name: 'call-center',
  channel: 'call_center',
  addressNamespace: 'phone',
  sdk: '^1.0.0',
  stability: 'beta',
  description: 'Calls told by telephone systems and Twilio Voice; people to call, for agents and diallers',
  settings: z.object({
    signingKey: secret()
      .min(16)
      .meta({
        description: 'Key that telephone systems sign reports with, and we sign what the dialler gets',
        examples: ['example-of-a-signing-key'],
      })
      .optional(),
    dialUrl: z
      .url({ protocol: /^https?$/ })
      .describe('Where a dialler takes people to call; agents’ tasks alone unless set')
      .optional(),
    twilioAuthToken: secret().describe('Verifies the webhooks of Twilio Voice').optional(),
    queue: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/)
      .describe('Where Twilio puts callers, unless its URL says ?queue=')
      .default('calls'),
    publicUrl: z
      .url({ protocol: /^https?$/ })
      .meta({
        variable: 'REPARTEE_PUBLIC_URL',
        description: 'Where Twilio reaches this installation: base of its signatures',
      })
      .optional(),
  }),
  capabilities: { receipts: true, reconcile: 'evidence', timeLimit: 15_000 },
  treatment: callTreatment,
  present: (request) => callTreatment.render(request.content, request.data),

  async deliver(action, ctx) {
    const { dialUrl, signingKey } = ctx.settings;
    if (dialUrl === undefined) return accepted(ctx.idempotencyKey);
    const { script, notes } = callTreatment.render(action.content, { ...action.data, links: action.links });
    const { attemptId, to } = action;
    const body = JSON.stringify({ id: ctx.idempotencyKey, attemptId, number: to.address, script, notes });
    const timestamp = String(Math.floor(ctx.clock.now() / 1000));
    const response = await ctx.http(dialUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': ctx.idempotencyKey,
        ...(signingKey !== undefined && {
          'x-call-timestamp': timestamp,
          'x-call-signature': signReport(timestamp, Buffer.from(body), signingKey),
        }),
        ...(ctx.traceparent !== undefined && { traceparent: ctx.traceparent }),
      },
      body,
    });
    const words = (await response.text()).slice(0, MAX_WORDS);
    return response.ok ? accepted(ctx.idempotencyKey) : failureOfHttp('CALL_CENTER', response, words);
  },

  verify(raw, { settings, clock }) {
    const { twilioAuthToken, signingKey, publicUrl } = settings;
    if (isTwilioVoice(raw))
      return (
        twilioAuthToken !== undefined && isSignedByTwilio(raw, calledUrls(raw, publicUrl), [twilioAuthToken])
      );
    return signingKey !== undefined && isSignedReport(raw, signingKey, clock.now());
  },

  receive: (raw, { settings }) => (isTwilioVoice(raw) ? receiveVoice(raw, settings) : receiveReports(raw)),
});
