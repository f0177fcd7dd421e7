import { describeConnector, everyWay } from '@repartee/connector-test-kit';
import { join } from 'node:path';
import { directMailFile } from './direct-mail-file.js';
import { simulatedFolder } from './testing/simulated-folder.js';

const FOLDER = 'a folder takes what is written to it';

describeConnector(directMailFile, {
  certificate: join(__dirname, '../certificate.json'),
  ways: everyWay,
  content: {
    list: 'spring',
    columns: [{ name: 'name', value: '{{ profile.traits.firstName }}' }],
  },
  provider: simulatedFolder,
  address: (n) => `Main Street ${n}, Springfield`,
  cannot: {
    refuse: FOLDER,
    unauthorized: FOLDER,
    throttle: FOLDER,
    fail: FOLDER,
    hang: FOLDER,
    reset: FOLDER,
    'accept-and-hang': FOLDER,
  },
});
