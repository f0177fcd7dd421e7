import { Inject, Injectable } from '@nestjs/common';
import { type Principal, TokenSigner } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, newId } from '@repartee/platform';
import { SpentTickets } from '../persistence/spent-tickets.js';

/** Milliseconds in which a ticket opens a stream. */
export const TICKET_LIFETIME = 30_000;
const PURPOSE = 'stream';
const LONGEST = 6000;

interface Ticket {
  id: string;
  caller: Principal;
  expiresAt: number;
}

/** Tickets for readers that send no headers, as `EventSource`: short-lived, and each opens one stream. */
@Injectable()
export class StreamTickets {
  constructor(
    @Inject(TokenSigner) private readonly signer: TokenSigner,
    @Inject(SpentTickets) private readonly spent: SpentTickets,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  issue(caller: Principal): { ticket: string; expiresAt: string } {
    const expiresAt = this.clock.now() + TICKET_LIFETIME;
    const ticket: Ticket = { id: newId(), caller, expiresAt };
    return {
      ticket: this.signer.sign(PURPOSE, JSON.stringify(ticket)),
      expiresAt: new Date(expiresAt).toISOString(),
    };
  }

  /** Who got the ticket. Once, whatever process is asked. */
  async redeem(text: string): Promise<Result<Principal>> {
    const payload = text.length > LONGEST ? null : this.signer.open(PURPOSE, text);
    const ticket = payload && (JSON.parse(payload.toString()) as Ticket);
    if (!ticket || ticket.expiresAt <= this.clock.now()) return REFUSED;
    return (await this.spent.spend(ticket.id, ticket.expiresAt)) ? ok(ticket.caller) : REFUSED;
  }
}

const REFUSED = fail(failure('STREAM.INVALID_TICKET', 'Ask for a new ticket with POST /v1/stream/tickets'));
