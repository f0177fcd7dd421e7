import type { Subject } from '@repartee/connector-sdk';
import type { ConnectorRunner } from './connector-runner.js';

/** What a connector says when it is asked to forget a person. */
export interface ForgetAnswer {
  connector: string;
  /** `not_supported`: the connector keeps nothing, or its provider cannot be asked. */
  status: 'done' | 'failed' | 'not_supported';
  detail: string | null;
}

/** Has each connector's provider forget a person, side by side. Never throws: a connector that cannot says so. */
export function forgetEverywhere(
  runners: Iterable<ConnectorRunner>,
  subject: Subject,
): Promise<ForgetAnswer[]> {
  return Promise.all([...runners].map((runner) => forget(runner, subject)));
}

async function forget(runner: ConnectorRunner, subject: Subject): Promise<ForgetAnswer> {
  const connector = runner.definition.name;
  if (!runner.definition.forget) return { connector, status: 'not_supported', detail: null };
  if (!runner.configured)
    return { connector, status: 'not_supported', detail: 'the connector is not configured' };
  const detail = await runner.forget(subject);
  return { connector, status: detail === undefined ? 'done' : 'failed', detail: detail ?? null };
}
