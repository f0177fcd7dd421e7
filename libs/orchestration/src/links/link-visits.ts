import { Inject, Injectable } from '@nestjs/common';
import type { Result } from '@repartee/contracts';
import { type MessageToken, Receipts } from '@repartee/delivery';
import { humanProbability } from '@repartee/delivery/domain';
import type { Ingested } from '@repartee/ingestion';
import { Clock } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';
import { MessageEvents } from './message-events.js';

type Visit = Pick<FastifyRequest, 'method' | 'headers'>;

/** Messages whose visits are remembered, the latest. */
const REMEMBERED = 10_000;
const COMPANY = 1000;

/** Judges who follows links in messages, and takes every visit as a sign that the message has arrived. */
@Injectable()
export class LinkVisits {
  /** Times of late visits by message; oldest message first. */
  private readonly visits = new Map<string, number[]>();

  constructor(
    @Inject(Receipts) private readonly receipts: Receipts,
    @Inject(MessageEvents) private readonly events: MessageEvents,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Somebody, or something, opened a message: an event, with how likely it was a person. */
  async opened(message: MessageToken, visit: Visit): Promise<Result<Ingested>> {
    const { deliveryId } = message;
    const sentAt = await this.receipts.sentAt(deliveryId);
    const judged = this.judge(deliveryId, sentAt, visit);
    await this.receipts.arrived(deliveryId, 'open', this.clock.now());
    return this.events.opened(message, judged);
  }

  /** @returns how likely a person followed the link of an offer */
  async clicked(profileId: string | null, token: string, visit: Visit): Promise<number> {
    const [sent] = await this.receipts.sentWith(profileId, token);
    const judged = this.judge(sent?.deliveryId, sent?.sentAt, visit);
    if (sent) await this.receipts.arrived(sent.deliveryId, 'click', this.clock.now());
    return judged;
  }

  private judge(
    deliveryId: string | undefined,
    sentAt: number | undefined,
    { method, headers }: Visit,
  ): number {
    const now = this.clock.now();
    const purpose = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers[name]).join(' ');
    return humanProbability({
      method,
      userAgent: headers['user-agent'],
      purpose,
      secondsSinceSent: sentAt === undefined ? undefined : (now - sentAt) / 1000,
      othersWithinSecond: deliveryId === undefined ? 0 : this.company(deliveryId, now),
    });
  }

  /** Visits to the same message within the last second, as far as this process knows. */
  private company(deliveryId: string, now: number): number {
    const late = (this.visits.get(deliveryId) ?? []).filter((at) => at > now - COMPANY);
    this.visits.delete(deliveryId);
    this.visits.set(deliveryId, [...late, now].slice(-10));
    for (const oldest of this.visits.keys()) {
      if (this.visits.size <= REMEMBERED) break;
      this.visits.delete(oldest);
    }
    return late.length;
  }
}
