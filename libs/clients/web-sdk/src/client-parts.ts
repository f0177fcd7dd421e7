import { ConsentGate } from './consent.js';
import { EventQueue } from './event-queue.js';
import type { QueuedEvent } from './event-queue.js';
import { EventSender } from './event-sender.js';
import { HubClient } from './hub-client.js';
import { LiveOffers } from './live-offers.js';
import { ReparteeError } from './repartee-error.js';
import type { ReparteeOptions } from './repartee.js';
import { Session } from './session.js';
import { memoryStorage } from './surroundings.js';
import type { Surroundings } from './surroundings.js';
import { Visitor } from './visitor.js';

const library = { name: '@repartee/web', version: '0.1.0' };
const silent = (): ReparteeError =>
  new ReparteeError('The person has not given consent', 0, { code: 'CONSENT.MISSING' });

/** The parts of one client, and what consent does to them. */
export class ClientParts {
  readonly hub: HubClient;
  readonly visitor: Visitor;
  readonly session: Session;
  readonly live: LiveOffers;
  readonly consent: ConsentGate;
  readonly sender: EventSender;
  readonly onError: (error: Error) => void;
  /** What waited for consent. */
  readonly onConsent = new Set<() => void>();
  private readonly queue: EventQueue;
  /** Whether ids and events are in the visitor's storage, not in memory alone. */
  private kept: boolean;

  constructor(
    readonly options: ReparteeOptions,
    readonly surroundings: Surroundings,
  ) {
    const {
      writeKey,
      consent,
      worker,
      onError = () => undefined,
      userToken = async () => undefined,
    } = options;
    this.onError = onError;
    this.kept = !consent;
    this.consent = new ConsentGate(consent, (given) => this.decided(given));
    // Not before it is allowed: looking into storage is access to the person's device too.
    const storage = consent ? memoryStorage() : this.storage();
    this.hub = new HubClient(options.host, surroundings);
    this.visitor = new Visitor(storage, surroundings, writeKey);
    this.queue = new EventQueue(storage, writeKey, surroundings.newId());
    const mayOpen = (): void => this.consent.check(silent);
    const anonymousId = (): string => this.visitor.anonymousId;
    this.session = new Session(writeKey, anonymousId, userToken, this.hub, surroundings, mayOpen);
    const name = (): string => `repartee:${writeKey}:${anonymousId()}`;
    this.live = new LiveOffers(name, worker, this.session, this.hub, surroundings);
    const maySend = (): boolean => this.consent.given;
    this.sender = new EventSender(writeKey, this.queue, this.hub, surroundings, onError, maySend);
    if (options.live && this.consent.given) this.live.start();
  }

  /** Completes an event with what every event carries, and sends it soon. */
  send(event: Record<string, unknown>): void {
    const { surroundings, visitor } = this;
    const { categories } = this.consent;
    const completed: QueuedEvent = {
      messageId: surroundings.newId(),
      anonymousId: visitor.anonymousId,
      ...(visitor.userId ? { userId: visitor.userId } : {}),
      timestamp: new Date(surroundings.now()).toISOString(),
      context: {
        ...surroundings.context(),
        library,
        ...(categories && { consent: { categoryPreferences: categories } }),
      },
      ...event,
    };
    this.sender.add(completed);
  }

  private storage() {
    return this.options.storage ?? this.surroundings.storage();
  }

  private decided(given: boolean): void {
    const changed = given !== this.kept;
    this.kept = given;
    if (changed && given) this.remember();
    if (changed && !given) this.forget();
    if (!given) return;
    this.send({ type: 'track', event: 'Segment Consent Preference Updated', properties: {} });
    this.sender.resume();
    if (!changed) return;
    if (this.options.live) this.live.start();
    for (const work of this.onConsent) work();
  }

  private remember(): void {
    const storage = this.storage();
    this.visitor.moveTo(storage);
    this.queue.moveTo(storage, this.visitor.anonymousId);
  }

  private forget(): void {
    const elsewhere = memoryStorage();
    this.visitor.forget(elsewhere);
    this.queue.forget(elsewhere);
    this.session.drop();
    this.live.stop();
  }
}
