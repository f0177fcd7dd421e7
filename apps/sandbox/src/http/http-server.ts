import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { CallBook } from '../calls/call-book.js';
import { addCallRoutes } from '../calls/call-routes.js';
import { addClockRoutes } from '../clock/clock-routes.js';
import type { HubClock } from '../clock/hub-clock.js';
import { addFaultRoutes } from '../faults/fault-routes.js';
import type { FaultBox, MailFaults } from '../faults/faults.js';
import type { HubLink } from '../hub/hub-link.js';
import { addSignInRoutes } from '../hub/sign-in-routes.js';
import { addKioskRoutes } from '../kiosk/kiosk-routes.js';
import type { MailStore } from '../mailbox/mail-store.js';
import { PhoneBook } from '../phone/phone-book.js';
import { addPhoneRoutes } from '../phone/phone-routes.js';
import { addStoryRoutes } from '../story/story-routes.js';
import type { StoryTeller } from '../story/story-teller.js';
import { addTwilioRoutes } from '../twilio/api-routes.js';
import type { TwilioEmulator } from '../twilio/emulator.js';
import { addMessageRoutes } from './message-routes.js';
import { addPageRoutes } from './page-routes.js';
import { answerWithProblems, sendProblem } from './problem.js';
import { addStreamRoute } from './stream-route.js';

/** What the pages show and change. */
export interface SandboxParts {
  store: MailStore;
  emulator: TwilioEmulator;
  calls: CallBook;
  clock: HubClock;
  hub: HubLink;
  mailFaults: FaultBox<MailFaults>;
  story: StoryTeller;
}

/** What is for people lies under `/sandbox`, where the core passes requests on unchanged; Twilio's API under its own paths. */
export function buildHttpServer(parts: SandboxParts, clientFolder: string): FastifyInstance {
  const { store, emulator, calls, clock, hub, mailFaults } = parts;
  const server = Fastify({
    bodyLimit: 16 * 1024,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const phones = new PhoneBook(emulator);
  answerWithProblems(server);
  refuseOtherSites(server);
  addMessageRoutes(server, store);
  addPhoneRoutes(server, phones, emulator);
  addCallRoutes(server, calls);
  addClockRoutes(server, clock);
  addKioskRoutes(server, hub);
  addStoryRoutes(server, parts.story);
  addSignInRoutes(server, hub);
  addFaultRoutes(server, 'smtp', mailFaults);
  addFaultRoutes(server, 'twilio', emulator.faults);
  addTwilioRoutes(server, emulator);
  addStreamRoute(server, {
    mails: store,
    phones: { counts: () => phones.counts(), onChange: (listener) => emulator.book.onChange(listener) },
    calls,
  });
  addPageRoutes(server, store, clientFolder);
  return server;
}

/** What changes something is for our own pages and for programs, not for other sites that somebody has open. */
function refuseOtherSites(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    const site = request.headers['sec-fetch-site'];
    if (request.method === 'GET' || site === undefined || site === 'same-origin' || site === 'none') return;
    return sendProblem(reply, {
      status: 403,
      code: 'SANDBOX.OTHER_SITE',
      title: 'Not from another site',
      detail: 'The sandbox is changed from its own pages only.',
    });
  });
}
