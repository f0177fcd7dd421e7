import { bindZone } from './bind-zone.js';
import { Decisions } from './decisions.js';
import { EventQueue } from './event-queue.js';
import type { QueuedEvent } from './event-queue.js';
import { EventSender } from './event-sender.js';
import { HubClient } from './hub-client.js';
import type { Repartee, ReparteeOptions } from './repartee.js';
import { Responses } from './responses.js';
import { Session } from './session.js';
import { browserSurroundings } from './surroundings.js';
import type { Surroundings } from './surroundings.js';
import { Visitor } from './visitor.js';

const library = { name: '@repartee/web-sdk', version: '0.1.0' };

/**
 * Connects a page with the hub. One instance per page.
 *
 * @param options where the hub is and which source this is
 * @param surroundings what the client takes from its runtime; the browser's by default
 */
export function createRepartee(
  options: ReparteeOptions,
  surroundings: Surroundings = browserSurroundings(),
): Repartee {
  const { writeKey, onError = () => undefined } = options;
  const storage = options.storage ?? surroundings.storage();
  const hub = new HubClient(options.host, surroundings);
  const visitor = new Visitor(storage, surroundings, writeKey);
  const anonymousId = (): string => visitor.anonymousId;
  const queue = new EventQueue(storage, writeKey, surroundings.newId());
  const sender = new EventSender(writeKey, queue, hub, surroundings, onError);
  const userToken = options.userToken ?? (async () => undefined);
  const session = new Session(writeKey, anonymousId, userToken, hub, surroundings);
  const responses = new Responses(session, hub, surroundings);
  const decisions = new Decisions(anonymousId, session, sender, hub, surroundings);
  const stopListening = surroundings.onLeave(() => sender.leave());

  const send = (event: Record<string, unknown>): void => sender.add(complete(event, visitor, surroundings));

  const repartee: Repartee = {
    get anonymousId() {
      return visitor.anonymousId;
    },
    get userId() {
      return visitor.userId;
    },
    track: (event, properties = {}) => send({ type: 'track', event, properties }),
    page: (name, properties = {}) => send({ type: 'page', ...(name ? { name } : {}), properties }),
    identify: (userId, traits = {}) => {
      visitor.identify(userId);
      session.drop();
      send({ type: 'identify', userId, traits });
    },
    reset: () => {
      visitor.reset();
      session.drop();
    },
    renewSession: () => session.drop(),
    flush: () => sender.flush(),
    decide: (request) => decisions.decide(request),
    impression: (offer) => responses.impression(offer),
    click: (offer) => responses.report(offer, 'click'),
    accept: (offer, details) => responses.report(offer, 'accept', details),
    reject: (offer, details) => responses.report(offer, 'reject', details),
    dismiss: (offer, details) => responses.report(offer, 'dismiss', details),
    observe: (element, offer) =>
      surroundings.onSeen(element, () => void responses.impression(offer).catch(onError)),
    bindZone: (element, zone, render, zoneOptions = {}) =>
      bindZone(repartee, element, zone, render, zoneOptions, onError),
    stop: () => {
      sender.stop();
      stopListening();
    },
  };
  return repartee;
}

/** What every event carries. */
function complete(event: Record<string, unknown>, visitor: Visitor, surroundings: Surroundings): QueuedEvent {
  return {
    messageId: surroundings.newId(),
    anonymousId: visitor.anonymousId,
    ...(visitor.userId ? { userId: visitor.userId } : {}),
    timestamp: new Date(surroundings.now()).toISOString(),
    context: { ...surroundings.context(), library },
    ...event,
  };
}
