import { startCore, type CoreUnderTest } from './testing/start-core.js';

interface Report {
  status: string;
  checks: Record<string, { status: string; critical: boolean }>;
}

describe('/health/ready', () => {
  let core: CoreUnderTest;

  beforeAll(async () => {
    // Nobody listens at this port: the connector is down from the start.
    const environment = {
      EMAIL_SMTP_HOST: '127.0.0.1',
      EMAIL_SMTP_PORT: '1',
      EMAIL_SMTP_FROM: 'shop@example.org',
    };
    core = await startCore({ environment });
  });
  afterAll(() => core.stop());

  it('serves with a connector that is down, and says which', async () => {
    const response = await fetch(`${core.url}/health/ready`);
    const report = (await response.json()) as Report;
    expect([response.status, report.status]).toEqual([200, 'degraded']);
    expect(report.checks).toMatchObject({
      database: { status: 'ok', critical: true },
      bus: { status: 'ok', critical: true },
      'connector email-smtp': { status: 'failed', critical: false },
      'connector web': { status: 'ok', critical: false },
    });
  });
});
