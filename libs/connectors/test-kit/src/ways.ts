import { inProcess } from './in-process.js';
import { overNats, overPostgres } from './over-bus/over-bus.js';
import type { Way } from './running-connector.js';

/** All ways in which a connector can be run: inside the core, and in a host of its own over either bus. */
export const everyWay: readonly Way[] = [inProcess, overPostgres, overNats];
