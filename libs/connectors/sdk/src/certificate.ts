import { z } from 'zod';
import type { ConnectorDefinition } from './define-connector.js';

/** Checks without which a claim to be able to ask the provider is not believed. */
const RECONCILE_CHECKS = ['reconcile.taken', 'reconcile.never-taken'] as const;

/**
 * What a connector showed in the contract suite: `certificate.json` in its folder, written by `npm run certify`. It
 * holds no times, so that the same connector earns the same certificate every day.
 */
export const certificateSchema = z.object({
  connector: z.string(),
  channel: z.string(),
  /** The SDK range it was written for. */
  sdk: z.string(),
  /** The capabilities that were put to the test. */
  claims: z.object({ receipts: z.boolean(), reconcile: z.enum(['query', 'evidence', 'none']) }),
  /** How it was run: `in-process`, over which bus. */
  ways: z.array(z.string()),
  /** Each promise by its id: `passed`, or `not applicable: <reason>`. */
  checks: z.record(z.string(), z.string()),
});
export type Certificate = z.infer<typeof certificateSchema>;

/** `certified`; or what is wrong: it has none, or it is for something else than what the connector now claims. */
export type Certification = 'certified' | 'uncertified' | 'outdated';

/** Whether a certificate covers what a connector claims today. */
export function certificationOf(
  { name, channel, sdk, capabilities }: ConnectorDefinition,
  certificate: Certificate | undefined,
): Certification {
  if (!certificate) return 'uncertified';
  const { claims } = certificate;
  const same =
    certificate.connector === name &&
    certificate.channel === channel &&
    certificate.sdk === sdk &&
    claims.receipts === capabilities.receipts &&
    claims.reconcile === capabilities.reconcile;
  const shown =
    claims.reconcile !== 'query' || RECONCILE_CHECKS.every((id) => certificate.checks[id] === 'passed');
  return same && shown ? 'certified' : 'outdated';
}
