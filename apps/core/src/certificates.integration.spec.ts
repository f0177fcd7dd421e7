import type { Certificate } from '@repartee/connector-sdk';
import { connectors } from './connectors.registry.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';

interface Card {
  name: string;
  certification: string;
  certificate?: Certificate;
}

describe('the certificates of the connectors', () => {
  let core: CoreUnderTest;
  beforeAll(async () => {
    core = await startCore();
  });
  afterAll(() => core.stop());

  it('are shown: every connector kept the contract inside the core, and in a host over either bus', async () => {
    const { body } = await core.call<{ items: Card[] }>('GET /v1/connectors', { key: 'admin' });
    const shown = body.items.map(({ name, certification, certificate }) => ({
      name,
      certification,
      ways: certificate?.ways,
    }));
    const ways = ['in-process', 'postgres-bus', 'nats-bus'];
    expect(shown).toEqual(connectors.map(({ name }) => ({ name, certification: 'certified', ways })));
  });
});
