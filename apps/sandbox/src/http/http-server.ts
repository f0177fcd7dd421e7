import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { MailStore } from '../mailbox/mail-store.js';
import { PhoneBook } from '../phone/phone-book.js';
import { addPhoneRoutes } from '../phone/phone-routes.js';
import { addTwilioRoutes } from '../twilio/api-routes.js';
import type { TwilioEmulator } from '../twilio/emulator.js';
import { addMessageRoutes } from './message-routes.js';
import { addPageRoutes } from './page-routes.js';
import { answerWithProblems } from './problem.js';
import { addStreamRoute } from './stream-route.js';

/** What is for people lies under `/sandbox`, where the core passes requests on unchanged; Twilio's API under its own paths. */
export function buildHttpServer(
  store: MailStore,
  emulator: TwilioEmulator,
  clientFolder: string,
): FastifyInstance {
  const server = Fastify({
    bodyLimit: 16 * 1024,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const phones = new PhoneBook(emulator);
  answerWithProblems(server);
  addMessageRoutes(server, store);
  addPhoneRoutes(server, phones, emulator);
  addTwilioRoutes(server, emulator);
  addStreamRoute(server, {
    mails: store,
    phones: { counts: () => phones.counts(), onChange: (listener) => emulator.book.onChange(listener) },
  });
  addPageRoutes(server, store, clientFolder);
  return server;
}
