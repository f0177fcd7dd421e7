import { connectorOfManifest, manifestSchema } from '@repartee/connector-sdk';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeConnector } from './describe-connector.js';
import { asProcess } from './over-bus/as-process.js';
import { pagerSuite } from './testing/pager.js';

/** The example in plain Python, which knows the bus by its AsyncAPI document alone. */
const folder = join(__dirname, '../../../../examples/pager-python');
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'connector.json'), 'utf8')));
const python = process.env['REPARTEE_PYTHON3'] ?? 'python3';
const suite = pagerSuite(join(folder, 'certificate.json'));

describeConnector(connectorOfManifest(manifest), {
  ...suite,
  ways: [asProcess(manifest, [python, '-B', join(folder, 'pager.py')])],
  async provider() {
    const provider = await suite.provider?.();
    if (!provider) throw new Error('the pager has a provider');
    return { ...provider, settings: { ...provider.settings, timeout: 1 } };
  },
});
