import { shareStreams, type PagePort } from './shared-stream.js';

/** The script of the site's shared worker: `new SharedWorker(new URL('@repartee/web/stream-worker', import.meta.url))`. */
const welcome = shareStreams((address) => new EventSource(address));
addEventListener('connect', (event) => welcome((event as MessageEvent).ports[0] as unknown as PagePort));
