import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Report {
  callId: string;
  event: string;
  eventId: string;
  at: string;
  [member: string]: unknown;
}

/** Stands where the hub would: hears reports of calls as the hub checks them, and has a clock that can be moved. */
export async function startTelephonyHub(key: string) {
  const reports: Report[] = [];
  const asked: string[] = [];
  const state = { status: 204, ahead: 0 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''} ${body}`.trim());
      if (request.url !== '/cti') {
        if (request.url === '/v1/clock/forward') state.ahead += 3_600_000;
        const now = new Date(Date.now() + state.ahead).toISOString();
        response.end(JSON.stringify({ now, ahead: state.ahead, movable: true, items: [] }));
        return;
      }
      const timestamp = String(request.headers['x-call-timestamp']);
      const right = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
      const late = Math.abs((Date.now() + state.ahead) / 1000 - Number(timestamp)) > 300;
      if (right !== request.headers['x-call-signature'] || late) response.writeHead(403).end();
      else {
        if (state.status === 204) reports.push(JSON.parse(body) as Report);
        response.writeHead(state.status).end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    reports,
    asked,
    state,
    async stop(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
