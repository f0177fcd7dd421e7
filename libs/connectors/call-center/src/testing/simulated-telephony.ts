import { simulatedHttp, type SimulatedProvider } from '@repartee/connector-test-kit';
import { isSignedReport, signReport } from '../signature.js';

export const KEY = 'key-of-the-telephone-system';

/** A telephone system with a dialler that takes only what is signed, and signs what it reports. */
export function simulatedTelephony(): Promise<SimulatedProvider> {
  return simulatedHttp({
    settings: (url) => ({ dialUrl: `${url}/dial`, signingKey: KEY }),
    message: ({ method, path, headers, body }) => {
      const raw = { method, url: path, headers, body: Buffer.from(body) };
      const timestamp = Number(headers['x-call-timestamp']) * 1000;
      if (!isSignedReport(raw, KEY, timestamp)) return undefined;
      const { number, id } = JSON.parse(body) as { number: string; id: string };
      return { to: number, key: id };
    },
    webhook: ({ kind, attemptId, address }, url) => {
      const event = kind === 'delivered' ? 'answered' : 'failed';
      const call = { callId: `call-${attemptId}`, event, attemptId, number: address, direction: 'outbound' };
      const body = Buffer.from(JSON.stringify(call));
      const timestamp = String(Math.floor(Date.now() / 1000));
      return {
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/json',
          'x-call-timestamp': timestamp,
          'x-call-signature': signReport(timestamp, body, KEY),
        },
        body,
      };
    },
  });
}
