import type { INestApplication } from '@nestjs/common';
import { CONFIG, type Config } from '@repartee/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PersonSessions, type PersonCaller } from './person-sessions.js';
import { Cookies } from './session-cookie.js';

const PERSON = Symbol('person');
const PATHS = /^\/(?:v1|ofrep)(?:[/?]|$)/;

type PersonsRequest = FastifyRequest & { [PERSON]?: PersonCaller };

/** Who is signed in, where the request has a session's cookie and no Authorization header. */
export function personOf(request: FastifyRequest): PersonCaller | undefined {
  return (request as PersonsRequest)[PERSON];
}

/** Who is signed in, on a route that is for people. */
export function knownPersonOf(request: FastifyRequest): PersonCaller {
  const person = personOf(request);
  if (!person) throw new Error('a route for people let somebody through who is none');
  return person;
}

/**
 * Looks sessions up before guards ask, to be called before the application listens: guards answer at once.
 * A request with an Authorization header, as those of servers and shops, costs nothing here.
 */
export function registerPeople(app: INestApplication): void {
  const sessions = app.get(PersonSessions, { strict: false });
  const cookies = new Cookies(app.get<Config>(CONFIG, { strict: false }).publicUrl);
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { cookie, authorization } = request.headers;
    if (cookie === undefined || authorization !== undefined || !PATHS.test(request.url)) return done();
    const token = cookies.read(request, 'repartee_session');
    if (token === undefined) return done();
    sessions.resolve(token).then((person) => {
      if (person) (request as PersonsRequest)[PERSON] = person;
      done();
    }, done);
  });
}
