import { BackgroundLoop } from '@repartee/platform';
import type { ChannelConnector } from './connector-gateway.js';
import { queueOf } from './domain/delivery.js';
import { FairShare } from './domain/fair-share.js';
import type { Pause } from './domain/gate.js';
import type { Started } from './started-attempts.js';
import type { LaneParts } from './lane-parts.js';

/** Most messages that pass the gate together. */
const GROUP = 100;
/** Milliseconds that turns gather at most: a gate that was slow for once must not make the next messages wait as long. */
const LONGEST_GATHER = 50;
/** Milliseconds to rest when nothing is due; the lookout rings when something is. */
const IDLE = 60_000;
/** Milliseconds to rest when messages wait but somebody else holds them. */
const CONTENDED = 20;
const FAILED = 1000;

/**
 * What waits for one connector of this installation, and leaves by it. Each connector has a lane of its own, so that one
 * that hangs harms no other. A message waits for its turn here, before the gate: what is stopped or withdrawn while it
 * waits holds for it.
 */
export class Lane {
  private readonly loop: BackgroundLoop;
  private readonly share = new FairShare();
  private readonly underWay = new Set<Promise<void>>();
  /** Until when turns gather, in monotonic milliseconds. */
  private gatherUntil = 0;

  constructor(
    private readonly connector: ChannelConnector,
    private readonly parts: LaneParts,
    private readonly failed: (error: unknown) => void,
  ) {
    this.loop = new BackgroundLoop({
      round: () => this.round(),
      failed,
      pause: FAILED,
    });
    parts.gateway.turns(connector.name).onFree(() => this.loop.ring());
  }

  /** Where messages wait that it may take: its own queue, and its channel's. */
  get queues(): [own: string, ofChannel: string] {
    const { name, channel } = this.connector;
    return [queueOf(channel, name), channel];
  }

  start(): void {
    this.loop.start();
  }

  ring(): void {
    this.loop.ring();
  }

  /** Lets nothing more go. */
  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Resolves when what was under way is settled. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }

  private async round(): Promise<number> {
    const turns = this.parts.gateway.turns(this.connector.name);
    // What is answered but not written down yet counts as under way: a kill would leave it unknown.
    const room = Math.min(GROUP, 2 * this.connector.concurrency - this.underWay.size);
    const gathering = this.gathering(Math.min(room, turns.free));
    if (gathering > 0) return gathering;
    const taken = room > 0 ? turns.take(room) : 0;
    if (taken === 0) return Math.max(1, turns.wait);
    const began = performance.now();
    let used = 0;
    try {
      const { started, found } = await this.next(taken);
      used = started.length;
      if (this.connector.remote) turns.passOn(used);
      else for (const one of started) this.send(one);
      return rest(used, found);
    } finally {
      turns.giveBack(taken - used);
      const now = performance.now();
      this.gatherUntil = now + Math.min(now - began, LONGEST_GATHER);
    }
  }

  /**
   * A pass of the gate costs about the same for one message as for many. While few turns are free and others are under way,
   * it rests for as long as the last pass took, so that more come free. @returns milliseconds of it that are left
   */
  private gathering(free: number): number {
    if (this.underWay.size === 0 || free <= 0 || 2 * free >= this.connector.concurrency) return 0;
    return this.gatherUntil - performance.now();
  }

  private async next(most: number): Promise<{ started: Started[]; found: number }> {
    const { pauses, queue, gate, attempts } = this.parts;
    const { name, remote } = this.connector;
    const stopped = await pauses.list();
    if (stopped.some((pause) => this.isStopped(pause))) return { started: [], found: 0 };
    const room = remote ? Math.min(most, remote.inFlight - (await attempts.open(name))) : most;
    if (room <= 0) return { started: [], found: 0 };
    const origins = stopped.filter(({ scope }) => scope === 'campaign').map(({ key }) => key);
    const due = await queue.pick(this.openQueues(stopped), room, origins);
    const chosen = this.share.choose(due, room);
    const started = chosen.length === 0 ? [] : await gate.pass(chosen, this.connector);
    return { started, found: chosen.length };
  }

  private isStopped({ scope, key }: Pause): boolean {
    const { name, channel } = this.connector;
    return (
      scope === 'all' || (scope === 'channel' && key === channel) || (scope === 'connector' && key === name)
    );
  }

  /** Its own queue, and the channel's while no connector before it can take what waits there. */
  private openQueues(stopped: readonly Pause[]): string[] {
    const { name, channel } = this.connector;
    const [own, ofChannel] = this.queues;
    const able = this.parts.gateway
      .connectorsFor(channel)
      .find(
        (one) =>
          !stopped.some(({ scope, key }) => scope === 'connector' && key === one.name) &&
          !this.parts.gateway.turns(one.name).refusing,
      );
    const first = able ?? this.parts.gateway.connectorsFor(channel)[0];
    return first?.name === name ? [own, ofChannel] : [own];
  }

  private send(started: Started): void {
    const work = this.carry(started)
      .catch(this.failed)
      .finally(() => {
        this.underWay.delete(work);
        this.loop.ring();
      });
    this.underWay.add(work);
  }

  private async carry({ delivery, action }: Started): Promise<void> {
    const { wayOut, settlements } = this.parts;
    const connector = this.connector.name;
    const outcome = await wayOut.send(connector, action, delivery.traceparent);
    await settlements.settle({ deliveryId: delivery.id, attemptId: action.attemptId, connector, outcome });
  }
}

function rest(started: number, found: number): number {
  if (found === 0) return IDLE;
  return started === 0 ? CONTENDED : 0;
}
