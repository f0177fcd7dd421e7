import type { DeliveryContext } from '@repartee/connector-sdk';
import type { Action } from '@repartee/contracts';
import type { CompiledEmail, EmailContent } from '../email-content.js';
import { EmailResources } from '../email-resources.js';
import { emailSettings, type EmailSettings } from '../email-settings.js';
import { emailTreatment } from '../email-treatment.js';

export const NOW = Date.UTC(2030, 0, 2, 3, 4, 5);

/** A context as the host would give it, with the connector's own resources. */
export function contextFor(
  settings: Partial<EmailSettings> & { port: number },
  more: { signal?: AbortSignal; resources?: EmailResources } = {},
): DeliveryContext<EmailSettings, EmailResources> {
  const silent = () => undefined;
  return {
    settings: emailSettings.parse({ host: '127.0.0.1', tls: 'none', from: 'shop@example.com', ...settings }),
    resources: more.resources ?? new EmailResources(),
    http: () => Promise.reject(new Error('not here')),
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    clock: { now: () => NOW },
    signal: more.signal ?? new AbortController().signal,
    idempotencyKey: 'delivery-1',
  };
}

export async function compiledEmail(content: EmailContent): Promise<CompiledEmail> {
  const resources = new EmailResources();
  const { signal } = new AbortController();
  const compiled = await emailTreatment.compile(emailTreatment.schema.parse(content), { resources, signal });
  await resources.close();
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.failure));
  return compiled.value;
}

export function actionFor(
  content: CompiledEmail,
  more: Partial<Action> = {},
): Action & { content: CompiledEmail } {
  return {
    deliveryId: '0190-delivery',
    attemptId: '019312d0-0000-7000-8000-00000000abcd',
    idempotencyKey: 'delivery-1',
    channel: 'email',
    class: 'transactional',
    to: { address: 'ann@example.org', name: 'Ann' },
    data: { profile: { traits: { firstName: 'Ann' } }, offer: { name: 'Tea' } },
    links: {},
    subjectId: 'profile-1',
    ...more,
    content,
  };
}
