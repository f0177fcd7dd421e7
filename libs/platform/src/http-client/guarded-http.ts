import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch, type RequestInit, type Response } from 'undici';
import { isPrivateAddress } from './private-address.js';

const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;
const CONNECT_TIMEOUT = 10_000;

/** `fetch` with guards. */
export type GuardedFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** What reaches out to addresses that others name; one pool of connections for all of them. */
export interface GuardedHttp {
  /** A `fetch` that ends with `signal`. */
  within(signal: AbortSignal): GuardedFetch;
  close(): Promise<void>;
}

/**
 * Refuses addresses that are not public unless `allowPrivate`. The check sits where the socket is opened, on the very
 * address it is opened to, so that neither a redirect nor a name that resolves differently the second time gets around
 * it.
 */
export function createGuardedHttp(options: { allowPrivate: boolean; lookup?: LookupFunction }): GuardedHttp {
  const lookup = options.lookup ?? (systemLookup as LookupFunction);
  const open = buildConnector({
    timeout: CONNECT_TIMEOUT,
    lookup: options.allowPrivate ? lookup : guarded(lookup),
  });
  const agent = new Agent({
    maxResponseSize: MAX_RESPONSE_BYTES,
    connect(target, callback) {
      const host = target.hostname.replace(/^\[|\]$/g, '');
      if (!options.allowPrivate && isIP(host) && isPrivateAddress(host)) callback(refusal(host), null);
      else open(target, callback);
    },
  });
  return {
    within: (signal) => (url, init) => fetch(url, { ...init, signal, dispatcher: agent }),
    close: () => agent.destroy(),
  };
}

function guarded(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, found, family) => {
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
      const refused = error ? undefined : addresses.find(isPrivateAddress);
      callback(refused === undefined ? error : refusal(refused), found, family);
    });
  };
}

function refusal(address: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${address} is not a public address`), { code: 'PRIVATE_ADDRESS' });
}
