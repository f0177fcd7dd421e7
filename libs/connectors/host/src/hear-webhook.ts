import { receivedSchema, type RawRequest, type WebhookReply } from '@repartee/connector-sdk';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import type { ConnectorRunner } from './connector-runner.js';

/** What a connector made of a webhook; `facts` are yet to be checked one by one. */
export type HeardWebhook =
  { verified: false } | { verified: true; reply: WebhookReply; facts: readonly unknown[] };

/**
 * Has a connector verify and read a webhook. What makes `verify` throw is not the provider's; what makes `receive` throw
 * is, so the provider is asked to come again.
 */
export async function hearWebhook(runner: ConnectorRunner, raw: RawRequest): Promise<Result<HeardWebhook>> {
  const { definition, logger } = runner;
  const { name } = definition;
  if (!definition.verify || !definition.receive)
    return fail(failure('CONNECTOR.NO_WEBHOOKS', `The connector ${name} takes no webhooks.`));
  if (!runner.configured)
    return fail(failure('CONNECTOR.NOT_CONFIGURED', `The connector ${name} lacks settings.`));
  // They are pure: whatever they say must follow from the request and the settings alone.
  const http = () => Promise.reject(new Error('verify and receive are pure'));
  const context = { ...runner.context(new AbortController().signal), resources: undefined, http };
  try {
    if (definition.verify(raw, context) !== true) return ok({ verified: false });
  } catch (error) {
    logger.warn('verify threw; the webhook counts as forged', { error });
    return ok({ verified: false });
  }
  try {
    const { reply, facts } = receivedSchema.parse(await definition.receive(raw, context));
    return ok({ verified: true, reply, facts });
  } catch (error) {
    logger.error('receive threw on a webhook that is the provider’s', { error });
    return fail(failure('CONNECTOR.WEBHOOK_UNREADABLE', `The connector ${name} could not read it.`));
  }
}
