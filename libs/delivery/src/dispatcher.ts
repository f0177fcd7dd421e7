import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ConnectorGateway } from './connector-gateway.js';
import { Settlements } from './settlements.js';
import { DispatchBell } from './dispatch-bell.js';
import { Lane } from './lane.js';
import { LaneParts } from './lane-parts.js';
import { Lookout } from './lookout.js';
import { Stragglers } from './stragglers.js';

/** Milliseconds in which calls may end at shutdown before they are aborted. */
const PATIENCE = 10_000;

/** Keeps a lane for each connector going. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Dispatcher.name);
  private lanes: Lane[] = [];
  private lookout?: Lookout;

  constructor(
    @Inject(ConnectorGateway) private readonly gateway: ConnectorGateway,
    @Inject(LaneParts) private readonly parts: LaneParts,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(Stragglers) private readonly stragglers: Stragglers,
    @Inject(DispatchBell) private readonly bell: DispatchBell,
  ) {}

  onApplicationBootstrap(): void {
    const failed = (error: unknown) => this.logger.error(String(error));
    this.lanes = this.gateway.connectors().map((connector) => new Lane(connector, this.parts, failed));
    this.bell.onRing(() => {
      for (const lane of this.lanes) lane.ring();
      this.stragglers.ring();
    });
    for (const lane of this.lanes) lane.start();
    this.lookout = new Lookout(this.lanes, this.parts.queue, failed);
    this.lookout.start();
    this.stragglers.start();
  }

  /** Lets nothing more go, waits for what is under way, and writes down what became of it. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([
      this.lookout?.stop(),
      this.stragglers.stop(),
      ...this.lanes.map((lane) => lane.stop()),
    ]);
    await this.gateway.stop(PATIENCE);
    await Promise.all(this.lanes.map((lane) => lane.settled()));
    await this.settlements.drained();
  }
}
