import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HubCall {
  url: string;
  signature: string;
  form: Record<string, string>;
}

/** Stands where the hub would, and hears what Twilio's webhooks say. */
export async function startHub(reply: { status: number; body: string } = { status: 204, body: '' }) {
  const calls: HubCall[] = [];
  let heard: () => void = () => undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls.push({
        url: `http://${request.headers.host}${request.url}`,
        signature: String(request.headers['x-twilio-signature']),
        form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
      });
      response.writeHead(reply.status).end(reply.body);
      heard();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    reply,
    /** Resolves when so many calls that fit were heard. */
    async hears(count: number, fits: (call: HubCall) => boolean = () => true): Promise<HubCall[]> {
      while (calls.filter(fits).length < count) await new Promise<void>((resolve) => (heard = resolve));
      return calls.filter(fits);
    },
    async stop(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
