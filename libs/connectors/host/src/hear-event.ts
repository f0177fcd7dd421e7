import { rejected, unknown } from '@repartee/connector-sdk';
import { type HeardEvent, type Outcome, outcomeSchema } from '@repartee/contracts';
import type { ConnectorRunner } from './connector-runner.js';
import { lackOf } from './settings-state.js';

/**
 * Tells a connector what happened. Never throws. It takes no turn of deliveries, and what comes of it says nothing of
 * how those do.
 */
export async function hearEvent(runner: ConnectorRunner, event: HeardEvent): Promise<Outcome> {
  const { definition, state } = runner;
  if (!definition.onEvent) return rejected('CONNECTOR.HEARS_NOTHING', { retryable: false });
  if (!state.configured)
    return rejected('CONNECTOR.NOT_CONFIGURED', { retryable: true, detail: lackOf(state) });
  try {
    const answer = await runner.call((context) => definition.onEvent?.(event, context));
    const outcome = outcomeSchema.safeParse(answer);
    return outcome.success ? runner.clean(outcome.data) : unknown('the connector answered with no outcome');
  } catch (error) {
    return unknown((error as Error).message);
  }
}
