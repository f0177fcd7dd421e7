// Starts the shop with the keys that the core made and keeps in the volume they share. Keys that are set win.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const kept = JSON.parse(readFileSync(join(process.env.DATA_DIR || '/data', 'keys.json'), 'utf8'));

process.env.REPARTEE_WRITE_KEY ||= kept.write;
process.env.REPARTEE_SERVER_KEY ||= kept.server;
process.env.REPARTEE_SIGNING_SECRET ||= kept.signingSecret;

await import('../apps/storefront/dist/server/main.js');
