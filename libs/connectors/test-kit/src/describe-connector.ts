import type { Certificate, ConnectorDefinition } from '@repartee/connector-sdk';
import { readCertificateFile, writeCertificateFile, writesCertificates } from './certificate-file.js';
import { checks } from './checks/index.js';
import type { ConnectorSuite } from './connector-suite.js';
import { inProcess } from './in-process.js';
import type { Way } from './running-connector.js';
import { WayRun } from './way-run.js';

/** Long enough for a check and those before it, on a machine that does other things. */
const PATIENCE = 180_000;

/**
 * Runs the contract of connectors with Jest, every promise against a simulated provider of its own, in each way a
 * connector can be run, the ways side by side. What a connector cannot do by its nature is not run, and stands in its certificate as not
 * applicable, with the reason. The last test compares the certificate with the one that is committed, or writes it
 * when `npm run certify` asks for that.
 */
export function describeConnector(definition: ConnectorDefinition, suite: ConnectorSuite): void {
  const ways = suite.ways ?? [inProcess];
  const passed = new Map<string, number>();
  const reasons = new Map(checks.map((check) => [check.id, check.notApplicable?.(definition, suite)]));
  const due = checks.filter(({ id }) => reasons.get(id) === undefined);
  const runs = ways.map((way) => new WayRun(way, definition, suite, due));

  describe(`the connector ${definition.name}`, () => {
    beforeAll(() => runs.forEach((run) => run.begin()));

    describe.each(runs.map((run) => [run.way.name, run] as const))('%s', (_name, run) => {
      afterAll(() => run.close(), PATIENCE);

      it.each(due.map((check) => [check.title, check] as const))(
        '%s',
        async (_title, check) => {
          await run.kept(check);
          passed.set(check.id, (passed.get(check.id) ?? 0) + 1);
        },
        PATIENCE,
      );
    });

    it('has the certificate that it earned', () => {
      const failed = due.filter(({ id }) => passed.get(id) !== ways.length).map(({ id }) => id);
      expect({ failed }).toEqual({ failed: [] });
      const certificate = certificateOf(definition, ways, reasons);
      if (writesCertificates()) writeCertificateFile(suite.certificate, certificate);
      expect(readCertificateFile(suite.certificate)).toEqual(certificate);
    });
  });
}

function certificateOf(
  { name, channel, sdk, capabilities }: ConnectorDefinition,
  ways: readonly Way[],
  reasons: ReadonlyMap<string, string | undefined>,
): Certificate {
  const { receipts, reconcile } = capabilities;
  return {
    connector: name,
    channel,
    sdk,
    claims: { receipts, reconcile },
    ways: ways.map((way) => way.name),
    checks: Object.fromEntries(
      checks.map(({ id }) => {
        const reason = reasons.get(id);
        return [id, reason === undefined ? 'passed' : `not applicable: ${reason}`];
      }),
    ),
  };
}
