import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AUTHENTICATE, BROKEN, errorBody, notFound, TOO_MANY, type ApiError } from './api-errors.js';
import type { SendRequest, TwilioEmulator } from './emulator.js';
import { listPage, textQuery, type ListQuery } from './list-page.js';
import { accountResource, messageResource, serviceResource } from './resources.js';

interface OfAccount {
  Params: { account: string; sid: string };
}

/** Twilio's REST API as far as its SDK needs it to send, list, read and delete texts. */
export function addTwilioRoutes(server: FastifyInstance, emulator: TwilioEmulator): void {
  const startedAt = emulator.options.now();
  const { accountSid, messagingServiceSid } = emulator.options;
  void server.register(async (api) => {
    api.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
    );
    api.addHook('onRequest', async (request, reply) => {
      await sleep(emulator.faults.latency);
      const { account } = request.params as Partial<OfAccount['Params']>;
      if (!isSignedIn(request, emulator) || (account !== undefined && account !== accountSid))
        return sendError(reply, AUTHENTICATE);
    });

    const messages = '/2010-04-01/Accounts/:account/Messages.json';
    const message = '/2010-04-01/Accounts/:account/Messages/:sid.json';
    api.post<{ Body: SendRequest | undefined }>(messages, (request, reply) => send(request, reply, emulator));
    api.get<{ Querystring: ListQuery }>(messages, async (request) => {
      const path = messages.replace(':account', accountSid);
      const found = listPage(path, request.query, emulator.book.list(textQuery(request.query)));
      return { ...found.frame, messages: found.messages.map((one) => messageResource(accountSid, one)) };
    });
    api.get<OfAccount>(message, async (request, reply) => {
      const found = emulator.book.get(request.params.sid);
      return found ? messageResource(accountSid, found) : sendError(reply, notFound(request.url));
    });
    api.delete<OfAccount>(message, async (request, reply) =>
      emulator.book.remove(request.params.sid)
        ? reply.code(204).send()
        : sendError(reply, notFound(request.url)),
    );
    api.get('/2010-04-01/Accounts/:account.json', async () => accountResource(accountSid, startedAt));
    api.get<OfAccount>('/v1/Services/:sid', async (request, reply) =>
      request.params.sid === messagingServiceSid
        ? serviceResource(accountSid, messagingServiceSid, startedAt)
        : sendError(reply, notFound(request.url)),
    );
  });
}

async function send(
  request: FastifyRequest<{ Body: SendRequest | undefined }>,
  reply: FastifyReply,
  emulator: TwilioEmulator,
) {
  const { faults, options } = emulator;
  if (faults.strikes('hang')) return reply.hijack();
  if (faults.strikes('tooMany')) return sendError(reply.header('retry-after', '1'), TOO_MANY);
  if (faults.strikes('serverError')) return sendError(reply, BROKEN);
  const sent = emulator.send(request.body ?? {});
  if ('error' in sent) return sendError(reply, sent.error);
  if (faults.strikes('silentAfterAccept')) return reply.hijack();
  return reply.code(201).send(messageResource(options.accountSid, sent.message));
}

function sendError(reply: FastifyReply, error: ApiError): FastifyReply {
  return reply.code(error.status).send(errorBody(error));
}

function isSignedIn({ headers }: FastifyRequest, { options }: TwilioEmulator): boolean {
  const expected = Buffer.from(
    `Basic ${Buffer.from(`${options.accountSid}:${options.authToken}`).toString('base64')}`,
  );
  const given = Buffer.from(headers.authorization ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
