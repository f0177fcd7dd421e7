import { Inject, Injectable } from '@nestjs/common';
import { ConnectorGateway } from './connector-gateway.js';
import { Attempts } from './persistence/attempts.js';
import { DueQueue } from './persistence/due-queue.js';
import { Pauses } from './persistence/pauses.js';
import { SendGate } from './send-gate.js';
import { Settlements } from './settlements.js';
import { WayOut } from './way-out.js';

/** What lanes work with. */
@Injectable()
export class LaneParts {
  constructor(
    @Inject(ConnectorGateway) readonly gateway: ConnectorGateway,
    @Inject(Attempts) readonly attempts: Attempts,
    @Inject(DueQueue) readonly queue: DueQueue,
    @Inject(Pauses) readonly pauses: Pauses,
    @Inject(SendGate) readonly gate: SendGate,
    @Inject(WayOut) readonly wayOut: WayOut,
    @Inject(Settlements) readonly settlements: Settlements,
  ) {}
}
