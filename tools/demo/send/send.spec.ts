import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { twin } from '../purchases/dataset.js';
import { Progress } from '../report/progress.js';
import { orderMessage, sendCrowd } from './send-crowd.js';

interface Arrived {
  type: string;
  messageId: string;
  userId: string;
}

/** Takes events as the system does; `answer` says how each request ends. */
async function receiver(answer: (request: number) => number) {
  const arrived: Arrived[] = [];
  let requests = 0;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = answer((requests += 1));
      const { batch } = JSON.parse(Buffer.concat(chunks).toString()) as { batch: Arrived[] };
      if (status === 200) arrived.push(...batch);
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"success":true}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return { arrived, settings: { url: `http://127.0.0.1:${port}`, key: 'server-key' }, close };
}

const quiet = new Progress({ moving: false, columns: 80, write: () => undefined });

describe('sending the crowd', () => {
  const dataset = twin({ customers: 40, seed: 1 });
  const events = 40 + dataset.purchases.length;

  it('sends each customer, then each purchase, once; an overloaded system gets them again', async () => {
    const hub = await receiver((request) => (request === 2 ? 503 : 200));
    const signal = new AbortController().signal;
    const sent = await sendCrowd(dataset, hub.settings, { progress: quiet, signal });
    await hub.close();
    expect(sent).toMatchObject({ events, delivered: events, lost: 0 });
    expect(hub.arrived.slice(0, 40).every(({ type }) => type === 'identify')).toBe(true);
    expect(hub.arrived.slice(40).every(({ type }) => type === 'track')).toBe(true);
    expect(new Set(hub.arrived.map(({ messageId }) => messageId)).size).toBe(events);
  });

  it('counts what is refused as lost, and says why', async () => {
    const hub = await receiver((request) => (request === 1 ? 400 : 200));
    const signal = new AbortController().signal;
    const sent = await sendCrowd(dataset, hub.settings, { progress: quiet, signal });
    await hub.close();
    expect(sent).toMatchObject({ lost: 40, delivered: events - 40 });
    expect(sent.firstLoss).toContain('400');
  });

  it('stops when it is told to', async () => {
    const hub = await receiver(() => 200);
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    const sending = sendCrowd(dataset, hub.settings, { progress: quiet, signal: stop.signal });
    await expect(sending).rejects.toThrow('stopped');
    await hub.close();
  });

  it('takes all that makes a purchase one from its line', () => {
    const purchase = { line: 17, customer: '00004', at: Date.UTC(1997, 0, 2), units: 2, cents: 4_195 };
    expect(orderMessage(dataset, purchase)).toMatchObject({
      messageId: 'twin-1-line-17',
      userId: 'twin-1-00004',
      timestamp: new Date('1997-01-02T00:00:00Z'),
      properties: { order_id: 'twin-1-17', total: 41.95, currency: 'USD' },
    });
  });
});
