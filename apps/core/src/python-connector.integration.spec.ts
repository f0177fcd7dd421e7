import {
  startNatsServer,
  startProgram,
  type NatsServer,
  type RunningProgram,
} from '@repartee/platform/testing';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { apply } from './testing/apply.js';
import { type CoreProcess, freePort, startCoreProcess } from './testing/core-process.js';
import { createPlace, PUBLIC_URL, type Place } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const EXAMPLE = join(__dirname, '../../../examples/pager-python');
const KEY = 'key-of-the-pager';
const CONFIGURATION = {
  version: 1,
  zones: [{ key: 'pager.main', channel: 'pager' }],
  offers: [{ key: 'tea', name: 'Tea', value: 1 }],
  treatments: [
    {
      key: 'tea.page',
      offer: 'tea',
      channel: 'pager',
      zones: ['pager.main'],
      content: { text: 'Tea, {{ profile.traits.firstName }}?' },
    },
  ],
};

interface Delivery {
  status: string;
  progress: { status: string } | null;
}

jest.setTimeout(60_000);

describe('a connector in plain Python, over NATS', () => {
  const pages: { to: string; text: string }[] = [];
  let place: Place;
  let nats: NatsServer;
  let provider: Server;
  let core: CoreProcess;
  let python: RunningProgram;

  beforeAll(async () => {
    [place, nats] = await Promise.all([createPlace(), startNatsServer()]);
    provider = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        pages.push(JSON.parse(body) as { to: string; text: string });
        response.end();
      });
    }).listen(0, '127.0.0.1');
    core = await startCoreProcess({
      PORT: String(await freePort()),
      DATA_DIR: place.dataDir,
      DATABASE_URL: place.database.url,
      NATS_URL: nats.url,
      REPARTEE_PUBLIC_URL: PUBLIC_URL,
      REPARTEE_CONNECTORS: join(EXAMPLE, 'connector.json'),
    });
    python = await startProgram(
      [process.env['REPARTEE_PYTHON3'] ?? 'python3', '-B', join(EXAMPLE, 'pager.py')],
      {
        NATS_URL: nats.url,
        PAGER_PYTHON_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}`,
        PAGER_PYTHON_API_KEY: KEY,
      },
    );
  });
  afterAll(async () => {
    await python.end();
    await core.stop();
    provider.close();
    await nats.remove();
    await place.remove();
  });

  async function report(attemptId: string, key = KEY): Promise<number> {
    const path = '/v1/connectors/pager-python/webhooks/status';
    const body = JSON.stringify({ attemptId, status: 'delivered' });
    const signature = createHmac('sha256', key)
      .update(PUBLIC_URL + path)
      .update(body)
      .digest('hex');
    const headers = { 'content-type': 'application/json', 'x-signature': signature };
    return (await fetch(core.url + path, { method: 'POST', headers, body })).status;
  }

  it('sends what passed the gate, tells what became of it, and reads what its provider reports', async () => {
    await apply(core, CONFIGURATION);
    await visibly(core.call, '/v1/identify', {
      userId: 'ann',
      traits: { phone: '+14155550100', firstName: 'Ann' },
    });
    const { body } = await core.call<{ deliveryId: string }>('/v1/messages', {
      body: {
        identifiers: { userId: 'ann' },
        channel: 'pager',
        template: 'tea.page',
        class: 'transactional',
      },
    });
    const delivery = async () => (await core.call<Delivery>(`GET /v1/deliveries/${body.deliveryId}`)).body;
    await until('the page', async () => (await delivery()).status === 'accepted');
    expect(pages).toEqual([{ to: '+14155550100', text: 'Tea, Ann?' }]);

    const [attempt] = await place.database.database.query<{ id: string }>('SELECT id FROM delivery_attempt');
    expect(await report(attempt?.id ?? '', 'somebody else')).toBe(403);
    expect(await report(attempt?.id ?? '')).toBe(204);
    await until('the receipt', async () => (await delivery()).progress?.status === 'delivered');
  });

  it('is listed with the form of its settings and what it showed in the contract', async () => {
    const { body } = await core.call('GET /v1/connectors/pager-python', { key: 'admin' });
    expect(body).toMatchObject({
      channel: 'pager',
      addressNamespace: 'phone',
      certification: 'certified',
      certificate: { ways: ['process-over-nats'] },
      settings: { properties: { apiKey: { writeOnly: true, 'x-variable': 'PAGER_PYTHON_API_KEY' } } },
    });
  });

  it('refuses content that its manifest does not take', async () => {
    const treatments = [{ ...CONFIGURATION.treatments[0], content: { text: 'x'.repeat(81) } }];
    const { status } = await core.call('/v1/apply', {
      key: 'admin',
      body: { ...CONFIGURATION, treatments },
    });
    expect(status).toBe(422);
  });
});
