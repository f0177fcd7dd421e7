import { createHmac } from 'node:crypto';
import { HubTrouble } from '../hub/hub-link.js';

export interface CtiSettings {
  /** Of the hub's webhook for telephone systems. */
  url?: string;
  /** What reports are signed with. */
  key?: string;
}

/** What a telephone system reports; see the guide on call centres. */
export interface CtiReport {
  callId: string;
  event: 'started' | 'answered' | 'transferred' | 'ended';
  eventId: string;
  at: string;
  direction?: 'inbound';
  number?: string | null;
  queue?: string;
  agent?: string;
}

const PATIENCE = 10_000;

/** Posts signed reports to the hub, as a telephone system does. */
export class Cti {
  constructor(
    private readonly settings: CtiSettings,
    private readonly now: () => Promise<number>,
  ) {}

  /** @throws HubTrouble */
  async report(report: Omit<CtiReport, 'at'>): Promise<void> {
    const { url, key } = this.settings;
    if (url === undefined || key === undefined)
      throw new HubTrouble(503, 'SANDBOX.NO_TELEPHONY', 'No telephone system is connected to the hub.');
    const now = await this.now();
    const body = JSON.stringify({ ...report, at: new Date(now).toISOString() });
    const timestamp = String(Math.floor(now / 1000));
    const signature = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-call-timestamp': timestamp,
        'x-call-signature': signature,
      },
      body,
      signal: AbortSignal.timeout(PATIENCE),
    }).catch(() => {
      throw new HubTrouble(502, 'SANDBOX.HUB_AWAY', 'The hub does not answer.');
    });
    if (!answer.ok)
      throw new HubTrouble(502, 'SANDBOX.CALL_REFUSED', `The hub refused the report: ${answer.status}.`);
  }
}
