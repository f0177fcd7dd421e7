import { randomUUID } from 'node:crypto';
import type { SimulatedCall } from './call.js';
import type { Cti, CtiReport } from './cti.js';

/** Calls remembered. */
const MOST = 200;

/** The calls of a telephone system in a box. What happens is reported to the hub first: a report that fails changes nothing. */
export class CallBook {
  private readonly calls = new Map<string, SimulatedCall>();
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly cti: Cti,
    private readonly now: () => number,
  ) {}

  /** Newest first. */
  list(): SimulatedCall[] {
    return [...this.calls.values()].reverse();
  }

  counts(): { calls: number; ringing: number } {
    const ringing = this.list().filter(({ state }) => state === 'ringing').length;
    return { calls: this.calls.size, ringing };
  }

  get(id: string): SimulatedCall | undefined {
    return this.calls.get(id);
  }

  /** Somebody calls. */
  async ring(number: string | null, queue: string): Promise<SimulatedCall> {
    const call: SimulatedCall = {
      id: `sandbox-${randomUUID()}`,
      number,
      queue,
      agent: null,
      state: 'ringing',
      startedAt: this.now(),
      answeredAt: null,
      endedAt: null,
      transfers: 0,
    };
    await this.tell(call, { event: 'started', direction: 'inbound', number, queue });
    this.calls.set(call.id, call);
    for (const [oldest] of this.calls) {
      if (this.calls.size <= MOST) break;
      this.calls.delete(oldest);
    }
    this.changed();
    return call;
  }

  async answer(call: SimulatedCall, agent: string): Promise<void> {
    if (call.state !== 'ringing') return;
    await this.tell(call, { event: 'answered', agent });
    this.change(call, { state: 'answered', agent, answeredAt: this.now() });
  }

  /** Into another queue, where it rings again. */
  async transfer(call: SimulatedCall, queue: string): Promise<void> {
    if (call.state === 'ended') return;
    await this.tell(call, { event: 'transferred', queue });
    this.change(call, { state: 'ringing', queue, agent: null, transfers: call.transfers + 1 });
  }

  async hangUp(call: SimulatedCall): Promise<void> {
    if (call.state === 'ended') return;
    await this.tell(call, { event: 'ended' });
    this.change(call, { state: 'ended', endedAt: this.now() });
  }

  /** @returns ends it */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(call: SimulatedCall, report: Omit<CtiReport, 'at' | 'callId' | 'eventId'>): Promise<void> {
    return this.cti.report({ callId: call.id, eventId: randomUUID(), ...report });
  }

  private change(call: SimulatedCall, change: Partial<SimulatedCall>): void {
    Object.assign(call, change);
    this.changed();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
