import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startCoreProcess } from './testing/core-process.js';
import { startHostProcess } from './testing/host-process.js';
import { createPlace, type Place } from './testing/start-core.js';

const SDK = join(__dirname, '../../../libs/connectors/sdk/dist/index.js');
const ZOD = require.resolve('zod');
const connector = (name: string, sdk = '^1.0.0') => `
import { accepted, defineConnector } from ${JSON.stringify(SDK)};
import { z } from ${JSON.stringify(ZOD)};
export const mine = defineConnector({
  name: ${JSON.stringify(name)}, channel: 'pager', sdk: ${JSON.stringify(sdk)}, stability: 'beta',
  settings: z.object({}), capabilities: { receipts: false, reconcile: 'none' },
  async deliver() { return accepted(); },
});`;

let folder: string;
let place: Place;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outside-connectors-'));
  place = await createPlace();
});
afterAll(async () => {
  await place.remove();
  rmSync(folder, { recursive: true, force: true });
});

const environment = async (names: readonly string[], more: Record<string, string> = {}) => ({
  PORT: String(await freePort()),
  DATA_DIR: place.dataDir,
  DATABASE_URL: place.database.url,
  REPARTEE_CONNECTORS: names.join(', '),
  LOG_LEVEL: 'warn',
  ...more,
});

async function startWith(...names: string[]) {
  return startCoreProcess(await environment(names));
}

const written = (name: string, source: string) => writtenTo(`${name}.mjs`, source);

function writtenTo(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

describe('connectors that the configuration names', () => {
  it('are run beside those of the product, with a warning where they have no certificate', async () => {
    const core = await startWith(written('mine', connector('my-pager')));
    const ready = (await (await fetch(`${core.url}/health/ready`)).json()) as object;
    expect(JSON.stringify(ready)).toContain('connector my-pager');
    await core.stop();
    expect(core.said.join('')).toContain('has no certificate');
  });

  it('are run by a connector host of their own, which finds them the same way', async () => {
    const names = [written('far', connector('far-pager'))];
    const core = await startCoreProcess(await environment(names, { CONNECTORS_REMOTE: 'far-pager' }));
    const host = await startHostProcess('far-pager', await environment(names));
    const pager = async () =>
      (await core.call<{ health: { status: string } }>('GET /v1/connectors/far-pager', { key: 'admin' })).body
        .health.status;
    expect((await core.call('/v1/connectors/far-pager/check', { key: 'admin' })).status).toBe(200);
    expect(await pager()).toBe('up');
    await host.stop();
    expect((await core.call('/v1/connectors/far-pager/check', { key: 'admin' })).status).toBe(502);
    expect(await pager()).toBe('degraded');
    await core.stop();
    await expect(startHostProcess('nobody', await environment(names))).rejects.toThrow('far-pager');
  }, 60_000);

  it.each([
    ['a manifest of nothing', () => writtenTo('empty.json', '{}'), 'is no manifest of a connector: '],
    [
      'a connector in another language without NATS',
      () => join(__dirname, '../../../examples/pager-python/connector.json'),
      'NATS_URL is missing: the connector pager-python is reached over NATS',
    ],
    ['another SDK', () => written('old', connector('old-pager', '^7.0.0')), 'wants connector SDK ^7.0.0'],
    ['a name that is taken', () => written('twin', connector('webhook')), 'webhook is registered twice'],
    ['nothing', () => './not/there.mjs', 'is not installed in'],
  ])('end the start with one line for %s', async (_title, name, line) => {
    await expect(startWith(name())).rejects.toThrow(line);
  });
});
