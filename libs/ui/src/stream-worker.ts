import { type PagePort, shareStreams } from './stream/shared-stream.js';

/** The script of a face's shared worker: one stream for all of its pages. */
const welcome = shareStreams((...call) => fetch(...call));
addEventListener('connect', (event) => welcome((event as MessageEvent).ports[0] as unknown as PagePort));
