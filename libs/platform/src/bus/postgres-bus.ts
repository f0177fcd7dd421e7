import type { Clock } from '../clock/index.js';
import type { Transaction } from '../database/index.js';
import { newId } from '../ids/index.js';
import type { Tracer } from '../telemetry/index.js';
import { Bus, type NewMessage } from './bus.js';
import type { BusSettings } from './bus-settings.js';
import { toCloudEvent } from './message-event.js';
import { PARKED_SLOT, slotAt } from './slots.js';
import type { WakeUp } from './wake-up.js';

const INSERT = `
  INSERT INTO bus_message (slot, id, type, event, available_at)
  SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::text[], $4::json[], $5::timestamptz[])`;

/** The outbox: a message is a row that commits with the caller's own. */
export class PostgresBus extends Bus {
  constructor(
    private readonly clock: Clock,
    private readonly tracer: Pick<Tracer, 'currentTraceparent'>,
    private readonly wakeUp: WakeUp,
    private readonly settings: Pick<BusSettings, 'source'>,
  ) {
    super();
  }

  override async publish(tx: Transaction, messages: NewMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const now = this.clock.now();
    const traceparent = this.tracer.currentTraceparent();
    const events = messages.map((message) =>
      toCloudEvent(message, { id: newId(), source: this.settings.source, now, traceparent }),
    );
    const due = messages.map(({ availableAt }) => availableAt ?? now);
    await tx.query(INSERT, [
      due.map((at) => (at > now ? PARKED_SLOT : slotAt(now))),
      events.map((event) => event.id),
      events.map((event) => event.type),
      events.map((event) => JSON.stringify(event)),
      due.map((at) => new Date(at)),
    ]);
    // What is due later is found by polling.
    if (due.some((at) => at <= now)) tx.afterCommit(() => this.wakeUp.ring());
  }
}
