import type { ConnectorDefinition } from '@repartee/connector-sdk';
import { Bench } from './bench.js';
import type { Check } from './check.js';
import type { ConnectorSuite } from './connector-suite.js';
import type { OpenWay } from './running-connector.js';

/** Puts one promise to the test, on a provider and a host of its own. Rejects when it is not kept. */
export async function runCheck(
  check: Check,
  definition: ConnectorDefinition,
  suite: ConnectorSuite,
  way: OpenWay,
): Promise<void> {
  const { timeLimit } = check;
  const limited =
    timeLimit === undefined
      ? definition
      : { ...definition, capabilities: { ...definition.capabilities, timeLimit } };
  const bench = await Bench.create(limited, suite, way);
  try {
    await check.run(bench);
    bench.expectNoSecrets();
  } finally {
    await bench.close();
  }
}
