import { join } from 'node:path';
import type { HubAddress } from './hub/hub-link.js';
import { followParent, hearParent, tellParent } from './parent-process.js';
import { startSandbox } from './sandbox.js';
import { readSettings } from './settings.js';

const settings = readSettings(process.env);
if ('problem' in settings) {
  process.stderr.write(`sandbox: ${settings.problem}\n`);
  process.exit(1);
}

try {
  const sandbox = await startSandbox({ ...settings, clientFolder: join(import.meta.dirname, 'client') });
  followParent(() => sandbox.stop());
  hearParent<HubAddress>('hub', (hub) => sandbox.connect(hub));
  tellParent({ type: 'ready', url: sandbox.url, smtp: sandbox.smtp });
  if (!process.send)
    process.stdout.write(
      `mailbox ${sandbox.url}/sandbox  smtp 127.0.0.1:${sandbox.smtp.port}  phones ${sandbox.url}/sandbox/phones\n`,
    );
} catch (error) {
  process.stderr.write(`sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
