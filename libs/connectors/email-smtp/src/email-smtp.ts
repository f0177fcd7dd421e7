import { defineConnector, rejected, TemplateError } from '@repartee/connector-sdk';
import { fail, ok, type Outcome, type Result } from '@repartee/contracts';
import { bytesOf, composeMail } from './compose-mail.js';
import { IN_HAND } from './connection-options.js';
import { parseEmailAddress } from './email-address.js';
import { EmailResources } from './email-resources.js';
import { emailSettings } from './email-settings.js';
import { emailTreatment } from './email-treatment.js';
import { checkMailbox, pollMailbox } from './inbound/mailbox.js';
import { isOurs, receiveMail } from './inbound/webhook.js';
import { withRefusalFacts } from './refusal-facts.js';
import type { Mail } from './smtp-transport.js';

/** E-mail over SMTP. */
export const emailSmtp = defineConnector({
  name: 'email-smtp',
  channel: 'email',
  sdk: '^1.0.0',
  stability: 'stable',
  description: 'E-mail over any SMTP server',
  settings: emailSettings,
  capabilities: { receipts: true, reconcile: 'evidence', concurrency: IN_HAND, timeLimit: 60_000 },
  treatment: emailTreatment,
  sender: ({ from }) => from,
  open: () => new EmailResources(),
  close: (resources) => resources.close(),

  async deliver(action, ctx) {
    const to = parseEmailAddress(action.to.address);
    if (!to.ok) return refuse('EMAIL.ADDRESS_INVALID', to.failure);
    if (action.class === 'marketing' && action.links.unsubscribe === undefined)
      return refuse('EMAIL.NO_UNSUBSCRIBE_LINK', 'a marketing mail must offer a way to unsubscribe');
    const mail = tryToCompose(() => composeMail(action, to.value, ctx.settings, ctx.clock.now()));
    if (!mail.ok) return mail.failure;
    if (bytesOf(mail.value) > ctx.settings.maxBytes)
      return refuse('EMAIL.TOO_LARGE', `a mail may hold ${ctx.settings.maxBytes} bytes`);
    const transport = ctx.resources.transport(ctx.settings);
    if (to.value.international) {
      const refused = await transport.refusalOfInternational();
      if (refused) return refused;
    }
    const send = () => transport.send(mail.value, ctx.signal);
    const outcome = await ctx.resources
      .throttle(ctx.settings)
      .run(to.value.domain, action.idempotencyKey, send);
    return withRefusalFacts(outcome, action);
  },

  verify: isOurs,
  receive: receiveMail,
  poll: pollMailbox,

  async checkSettings(ctx) {
    await ctx.resources.transport(ctx.settings).verify();
    await checkMailbox(ctx);
  },
});

/** Rendering comes before any connection: what fails here was not sent. */
function tryToCompose(compose: () => Mail): Result<Mail, Outcome> {
  try {
    return ok(compose());
  } catch (error) {
    if (error instanceof TemplateError) return fail(refuse('EMAIL.TEMPLATE_FAILED', error.message));
    throw error;
  }
}

function refuse(code: string, detail: string): Outcome {
  return rejected(code, { retryable: false, detail });
}
