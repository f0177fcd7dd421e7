import { bindZone } from './bind-zone.js';
import { ClientParts } from './client-parts.js';
import { countdown } from './countdown.js';
import { Decisions } from './decisions.js';
import { subscribePush } from './push.js';
import type { Repartee, ReparteeOptions, ZoneBinding } from './repartee.js';
import { Responses } from './responses.js';
import type { ResponseKind } from './responses.js';
import { watchRoutes } from './routes.js';
import { browserSurroundings } from './surroundings.js';
import type { Surroundings } from './surroundings.js';
import { Zones } from './zones.js';

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
  const parts = new ClientParts(options, surroundings);
  const { visitor, session, sender, live, hub, onError } = parts;
  const decisions = new Decisions(() => visitor.anonymousId, session, sender, hub, surroundings);
  const routed = new Set<() => void>();
  const ends = [surroundings.onLeave(() => sender.leave())];
  const renew = (newName: boolean): void => {
    session.drop();
    live.renew(newName);
  };

  const repartee: Repartee = Object.assign(identityOf(parts), {
    track: (event: string, properties = {}) => parts.send({ type: 'track', event, properties }),
    page: (name?: string, properties = {}) =>
      parts.send({ type: 'page', ...(name ? { name } : {}), properties }),
    identify: (userId: string, traits = {}) => {
      visitor.identify(userId);
      renew(false);
      parts.send({ type: 'identify', userId, traits });
    },
    reset: () => {
      visitor.reset();
      renew(true);
    },
    renewSession: () => renew(false),
    flush: () => sender.flush(),
    decide: decisions.decide.bind(decisions),
    ...reports(parts),
    bindZone: (...[element, zone, render, asked = {}]: Parameters<Repartee['bindZone']>) =>
      asking(bindZone(repartee, element, zone, render, asked, onError), [parts.onConsent]),
    zones: (asked = {}) => asking(new Zones(repartee, asked, onError), [parts.onConsent, routed]),
    onPushed: live.onPushed.bind(live),
    subscribePush: (registration: ServiceWorkerRegistration) => subscribePush(registration, session, hub),
    stop: () => {
      sender.stop();
      live.stop();
      for (const end of ends) end();
    },
  });
  if (options.spa) {
    const follow = (): void => {
      repartee.page();
      for (const again of routed) again();
    };
    ends.push(watchRoutes(follow));
  }
  return repartee;
}

function identityOf({ visitor, consent }: ClientParts): Pick<Repartee, 'anonymousId' | 'userId' | 'consent'> {
  return {
    get anonymousId() {
      return visitor.anonymousId;
    },
    get userId() {
      return visitor.userId;
    },
    consent,
  };
}

/** What becomes of offers. */
function reports({ session, hub, surroundings, onError }: ClientParts) {
  const responses = new Responses(session, hub, surroundings);
  const as =
    (kind: ResponseKind): Repartee['accept'] =>
    (offer, details) =>
      responses.report(offer, kind, details);
  const impression: Repartee['impression'] = (offer) => responses.impression(offer);
  const observe: Repartee['observe'] = (element, offer) =>
    surroundings.onSeen(element, () => void impression(offer).catch(onError));
  const countDown: Repartee['countdown'] = (offer, tick) => countdown(offer, () => session.hubTime(), tick);
  return {
    impression,
    observe,
    countdown: countDown,
    click: as('click'),
    accept: as('accept'),
    reject: as('reject'),
    dismiss: as('dismiss'),
    notPresented: as('not_presented'),
  };
}

/** Asks again whenever one of these moments comes. */
function asking(binding: ZoneBinding, moments: Set<() => void>[]): ZoneBinding {
  const again = (): void => void binding.refresh();
  for (const moment of moments) moment.add(again);
  return {
    refresh: () => binding.refresh(),
    stop: () => {
      for (const moment of moments) moment.delete(again);
      binding.stop();
    },
  };
}
