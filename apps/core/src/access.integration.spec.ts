import { routesWithoutRule } from '@repartee/access';
import { ROLES, type Role } from '@repartee/access/domain';
import { discoverRoutes } from '@repartee/platform';
import { describeRoles } from './describe-roles.js';
import { signedIn } from './testing/signed-in.js';
import { startCore, type CoreUnderTest } from './testing/start-core.js';

type Kind = 'public' | 'session' | 'server' | 'admin' | 'person';

const ID = '00000000-0000-7000-8000-000000000000';
const EVENTS: Kind[] = ['public', 'server', 'admin'];
const SERVER: Kind[] = ['server', 'admin'];
const ADMIN: Kind[] = ['admin'];
const VISITOR: Kind[] = ['session', 'server', 'admin'];
/** Somebody who signed in, whatever their roles; no key. */
const PERSON: Kind[] = ['person'];
const ANYBODY = null;

/** Open routes that look at a credential of their own: refused by them, not by a rule. */
const DEVICES = [
  '/v1/devices/me',
  '/v1/devices/me/rotate',
  '/v1/devices/me/visits/:id',
  '/v1/devices/me/visits/:id/touch',
  '/v1/devices/me/visits/:id/hand-over',
  '/v1/devices/pairings/poll',
];

/** Who may call what. A new route is added here, on purpose. */
const RULES: Record<string, Kind[] | null> = {
  'get /': ANYBODY,
  'get /docs': ANYBODY,
  'get /docs/errors': ANYBODY,
  'get /docs/start.js': ANYBODY,
  'get /health/live': ANYBODY,
  'get /health/ready': ANYBODY,
  'get /metrics': ANYBODY,
  'post /v1/sessions': ANYBODY,
  'get /v1/sessions': PERSON,
  'get /v1/sessions/me': PERSON,
  'delete /v1/sessions': PERSON,
  'delete /v1/sessions/me': PERSON,
  'delete /v1/sessions/:id': PERSON,
  'get /v1/oidc': ANYBODY,
  'get /v1/oidc/:provider/start': ANYBODY,
  'get /v1/oidc/:provider/callback': ANYBODY,
  'post /v1/oidc/:provider/back-channel-logout': ANYBODY,
  'put /v1/passwords/me': PERSON,
  'post /v1/passwords/links': ANYBODY,
  'post /v1/passwords/links/redeem': ANYBODY,
  'get /v1/accounts': ADMIN,
  'post /v1/accounts': ADMIN,
  'get /v1/accounts/:id': ADMIN,
  'delete /v1/accounts/:id': ADMIN,
  'put /v1/accounts/:id/roles': ADMIN,
  'put /v1/accounts/:id/disabled': ADMIN,
  'post /v1/accounts/:id/reset-link': ADMIN,
  'delete /v1/accounts/:id/sessions': ADMIN,
  'get /v1/clock': SERVER,
  'post /v1/clock/forward': ADMIN,
  'get /v1/sources': SERVER,
  'get /v1/sources/:key': SERVER,
  'post /v1/sources': ADMIN,
  'put /v1/sources/:key': ADMIN,
  'delete /v1/sources/:key': ADMIN,
  'get /v1/classification': SERVER,
  'put /v1/classification': ADMIN,
  'get /v1/retention': ADMIN,
  'put /v1/retention': ADMIN,
  'get /v1/retention/report': ADMIN,
  'post /v1/retention/report': ADMIN,
  'get /v1/audit': ADMIN,
  'get /v1/privacy-requests': SERVER,
  'get /v1/privacy-requests/:id': SERVER,
  'get /v1/profiles/:reference/export': SERVER,
  'delete /v1/profiles/:reference': SERVER,
  'post /v1/profiles/:reference/object': SERVER,
  'post /v1/profiles/:reference/restrict': SERVER,
  'post /v1/do-not-contact': SERVER,
  'post /v1/do-not-contact/check': SERVER,
  'post /v1/do-not-contact/release': SERVER,
  'get /o/:token': ANYBODY,
  'get /openapi.json': ANYBODY,
  'get /p/:token': ANYBODY,
  'get /r/:token': ANYBODY,
  'get /sourceConfig': ['public', 'admin'],
  'get /u/:token': ANYBODY,
  'get /v1/connectors': ADMIN,
  'get /v1/connectors/:name': ADMIN,
  'get /v1/connectors/:name/settings': ADMIN,
  'put /v1/connectors/:name/settings': ADMIN,
  'delete /v1/connectors/:name/settings': ADMIN,
  'get /v1/webhooks': ADMIN,
  'post /v1/webhooks': ADMIN,
  'get /v1/webhooks/:id': ADMIN,
  'put /v1/webhooks/:id': ADMIN,
  'delete /v1/webhooks/:id': ADMIN,
  'post /v1/webhooks/:id/rotate-secret': ADMIN,
  'post /v1/webhooks/:id/test': ADMIN,
  'get /v1/webhooks/:id/attempts': ADMIN,
  'post /v1/webhooks/:id/attempts/:attemptId/replay': ADMIN,
  'post /v1/webhooks/:id/replay': ADMIN,
  'get /v1/secrets': ADMIN,
  'post /v1/secrets/rotate': ADMIN,
  'post /v1/connectors/:name/check': ADMIN,
  'get /v1/connectors/:name/webhooks': ANYBODY,
  'get /v1/connectors/:name/webhooks/*': ANYBODY,
  'post /v1/connectors/:name/webhooks': ANYBODY,
  'post /v1/connectors/:name/webhooks/*': ANYBODY,
  'get /v1/inbound-reviews': SERVER,
  'post /v1/inbound-reviews/:id': SERVER,
  'get /v1/dead-letters': ADMIN,
  'get /v1/dead-letters/:id': ADMIN,
  'get /v1/decisions/:id': SERVER,
  'post /v1/decisions/:id/replay': SERVER,
  'post /v1/decisions/batch': SERVER,
  'get /v1/decisions/evaluate': SERVER,
  'get /v1/decisions/evaluate/:id': SERVER,
  'post /v1/decisions/evaluate': SERVER,
  'post /v1/decisions/evaluate/:id/cancel': SERVER,
  'get /v1/decisions/simulate': SERVER,
  'get /v1/decisions/simulate/:id': SERVER,
  'get /v1/decisions/simulate/:id/changes': SERVER,
  'get /v1/decisions/simulate/:id/unserved': SERVER,
  'post /v1/decisions/simulate': SERVER,
  'post /v1/decisions/simulate/:id/cancel': SERVER,
  'get /v1/devices': ADMIN,
  'delete /v1/devices/:id': ADMIN,
  'get /v1/devices/me': ANYBODY,
  'post /v1/devices/me/rotate': ANYBODY,
  'post /v1/devices/me/visits': ANYBODY,
  'get /v1/devices/me/visits/:id': ANYBODY,
  'post /v1/devices/me/visits/:id/touch': ANYBODY,
  'post /v1/devices/me/visits/:id/proof': ANYBODY,
  'post /v1/devices/me/events': ANYBODY,
  'put /v1/devices/me/health': ANYBODY,
  'post /v1/kiosk/continue': ANYBODY,
  'post /v1/devices/me/visits/:id/hand-over': ANYBODY,
  'delete /v1/devices/me/visits/:id': ANYBODY,
  'post /v1/devices/hand-overs': ['public', 'admin'],
  'post /v1/devices/pairings': ANYBODY,
  'post /v1/devices/pairings/poll': ANYBODY,
  'post /v1/devices/pairings/:code/approve': ADMIN,
  'get /v1/deliveries': SERVER,
  'get /v1/deliveries/:id': SERVER,
  'get /v1/dialogues/:id/turns': SERVER,
  'post /v1/dialogues/:id/turns': SERVER,
  'post /v1/calls': SERVER,
  'get /v1/calls': SERVER,
  'get /v1/calls/:id': SERVER,
  'get /v1/agents': SERVER,
  'get /v1/desk/calls/:id': SERVER,
  'get /v1/desk/calls/:id/journey': SERVER,
  'post /v1/desk/calls/:id/wrong-person': SERVER,
  'get /v1/desk/calls/:id/identity': SERVER,
  'post /v1/desk/proposals': SERVER,
  'post /v1/desk/proposals/preview': SERVER,
  'get /v1/desk/proposals/:id': SERVER,
  'post /v1/desk/proposals/:id/decision': SERVER,
  'get /v1/desk/tasks/:id': SERVER,
  'put /v1/desk/tasks/:id/viewing': SERVER,
  'post /v1/desk/tasks/:id/answer': SERVER,
  'post /v1/desk/tasks/:id/answer/preview': SERVER,
  'post /v1/desk/follow-ups': SERVER,
  'post /v1/desk/follow-ups/preview': SERVER,
  'get /v1/desk/notices': SERVER,
  'post /v1/desk/notices': SERVER,
  'get /v1/desk/board': SERVER,
  'get /v1/desk/board/export': SERVER,
  'post /v1/calls/:id/identity': SERVER,
  'post /v1/calls/:id/outcome': SERVER,
  'get /v1/call-center/settings': SERVER,
  'put /v1/call-center/settings': ADMIN,
  'get /v1/tasks': SERVER,
  'post /v1/tasks': SERVER,
  'get /v1/tasks/:id': SERVER,
  ...Object.fromEntries(
    ['claim', 'release', 'complete', 'snooze', 'reassign'].map((verb) => [
      `post /v1/tasks/:id/${verb}`,
      SERVER,
    ]),
  ),
  'put /v1/agents/me/presence': SERVER,
  'get /v1/queues/:key/stats': SERVER,
  'post /v1/do-not-call': SERVER,
  'post /v1/do-not-call/check': SERVER,
  'post /v1/do-not-call/release': SERVER,
  'get /v1/entity-hints': SERVER,
  'get /v1/events': SERVER,
  'get /v1/experiments': SERVER,
  'get /v1/experiments/:key': SERVER,
  'get /v1/experiments/:key/results': SERVER,
  'post /v1/experiments': ADMIN,
  'put /v1/experiments/:key': ADMIN,
  'delete /v1/experiments/:key': ADMIN,
  'post /v1/experiments/:key/start': ADMIN,
  'post /v1/experiments/:key/stop': ADMIN,
  'post /ofrep/v1/evaluate/flags': VISITOR,
  'post /ofrep/v1/evaluate/flags/:key': VISITOR,
  'get /v1/items': SERVER,
  'get /v1/items/:id': SERVER,
  'post /v1/items': SERVER,
  'put /v1/items/:id': SERVER,
  'patch /v1/items/:id': SERVER,
  'delete /v1/items/:id': SERVER,
  'get /v1/recommendation-settings': SERVER,
  'put /v1/recommendation-settings': ADMIN,
  'get /v1/keys': ADMIN,
  'get /v1/learning/objective': SERVER,
  'put /v1/learning/objective': ADMIN,
  'get /v1/learning/challengers': SERVER,
  'put /v1/learning/challengers': ADMIN,
  'get /v1/models': SERVER,
  'get /v1/models/:offer/:channel': SERVER,
  'get /v1/match-models': ADMIN,
  'post /v1/match-models': ADMIN,
  'post /v1/match-models/:version/publish': ADMIN,
  'get /v1/match-reviews': SERVER,
  'post /v1/match-reviews/:id': SERVER,
  'get /v1/profiles/:id/explain': SERVER,
  'get /v1/profiles/:id/household': SERVER,
  'get /v1/profiles/:id/why-not': SERVER,
  'get /v1/profiles/:id/merge-preview': SERVER,
  'post /v1/profiles/:id/merge': SERVER,
  'post /v1/profiles/:id/split': SERVER,
  'get /v1/profiles': SERVER,
  'get /v1/profiles/:reference': SERVER,
  'get /v1/profiles/:reference/timeline': SERVER,
  'get /v1/projects/:writeKey/settings': ANYBODY,
  'get /v1/quarantine': SERVER,
  'get /v1/reactions': SERVER,
  'get /v1/reactions/:key': SERVER,
  'post /v1/reactions': ADMIN,
  'put /v1/reactions/:key': ADMIN,
  'delete /v1/reactions/:key': ADMIN,
  'get /v1/segments': SERVER,
  'get /v1/segments/:key': SERVER,
  'get /v1/segments/:key/members': SERVER,
  'post /v1/segments': ADMIN,
  'put /v1/segments/:key': ADMIN,
  'delete /v1/segments/:key': ADMIN,
  'get /v1/reports/impact': SERVER,
  'get /v1/trait-replays': SERVER,
  'get /v1/traits': SERVER,
  'get /v1/imports': SERVER,
  'get /v1/imports/:id': SERVER,
  'get /v1/imports/:id/rejects': SERVER,
  'post /v1/imports': SERVER,
  'post /v1/imports/preview': SERVER,
  'post /v1/imports/:id/cancel': SERVER,
  'post /v1/imports/:id/resume': SERVER,
  'get /v1/import-mappings': SERVER,
  'get /v1/import-mappings/:key': SERVER,
  'put /v1/import-mappings/:key': SERVER,
  'delete /v1/import-mappings/:key': SERVER,
  'get /v1/import-feeds': ADMIN,
  'get /v1/import-feeds/:key': ADMIN,
  'put /v1/import-feeds/:key': ADMIN,
  'delete /v1/import-feeds/:key': ADMIN,
  'delete /v1/keys/:id': ADMIN,
  'post /p/:token': ANYBODY,
  'post /u/:token': ANYBODY,
  'post /v1/apply': ADMIN,
  'put /v1/offers/:key/draft': ADMIN,
  'post /v1/offers/:key/publish': ADMIN,
  'post /v1/offers/:key/retire': ADMIN,
  'post /v1/offers/:key/rollback': ADMIN,
  'post /v1/offers/:key/cancel': ADMIN,
  'post /v1/offers/:key/approve': ADMIN,
  'post /v1/offers/:key/reject': ADMIN,
  'get /v1/approvals': SERVER,
  'post /v1/dead-letters/:id/replay': ADMIN,
  'post /v1/exports': SERVER,
  'post /v1/decisions': VISITOR,
  'post /v1/negotiations': SERVER,
  'post /v1/deliveries/:id/cancel': SERVER,
  'post /v1/deliveries/:id/resolve': ADMIN,
  'patch /v1/profiles/:id': SERVER,
  'post /v1/entity-hints/:id': SERVER,
  'post /v1/keys': ADMIN,
  'post /v1/keys/:id/rotate': ADMIN,
  'post /v1/keys/signing-secrets': ADMIN,
  'post /v1/messages': SERVER,
  'post /v1/messages/preview': SERVER,
  'post /v1/outbound/pause': ADMIN,
  'post /v1/outbound/resume': ADMIN,
  'post /v1/profiles/:id/notes': SERVER,
  'post /v1/profiles/lookup': SERVER,
  'post /v1/quarantine/:id/replay': SERVER,
  'put /v1/profiles/:id/consents': SERVER,
  'post /v1/responses': VISITOR,
  'get /v1/web/push-key': ['session', 'admin'],
  'post /v1/web/push-subscriptions': ['session', 'admin'],
  'delete /v1/web/push-subscriptions': ['session', 'admin'],
  'post /v1/web/session': ['public', 'admin'],
  'get /v1/stream': VISITOR,
  'post /v1/stream/tickets': VISITOR,
  ...Object.fromEntries(
    ['zones', 'issues', 'groups', 'offers', 'treatments', 'policies'].flatMap((list) => [
      [`get /v1/${list}`, SERVER],
      [`get /v1/${list}/:key`, SERVER],
      [`get /v1/${list}/:key/history`, SERVER],
      [`post /v1/${list}`, ADMIN],
      [`put /v1/${list}/:key`, ADMIN],
      [`delete /v1/${list}/:key`, ADMIN],
    ]),
  ),
  ...Object.fromEntries(
    ['identify', 'track', 'page', 'screen', 'group', 'alias', 'batch'].flatMap((call) => [
      [`post /v1/${call}`, EVENTS],
      [`post /v1/${call.charAt(0)}`, EVENTS],
    ]),
  ),
};

/** Where the bare route would answer whoever may call for as long as they listen. */
const QUERIES: Record<string, string> = { '/v1/stream': '?lastEventId=none' };

describe('who may call', () => {
  let core: CoreUnderTest;
  const credentials: Record<string, string | undefined> = {};

  beforeAll(async () => {
    core = await startCore();
    const { write, server, admin } = core.keys;
    const opened = await core.call<{ token: string }>('/v1/web/session', { key: 'write', body: {} });
    Object.assign(credentials, {
      nobody: undefined,
      'a wrong key': 'Bearer rp_server_wrong',
      'a wrong write key': `Basic ${Buffer.from('wrong:').toString('base64')}`,
      'no scheme': server,
      public: `Basic ${Buffer.from(`${write}:`).toString('base64')}`,
      'the public key as bearer': `Bearer ${write}`,
      session: `Bearer ${opened.body.token}`,
      'a changed session': `Bearer ${opened.body.token.slice(0, -2)}xx`,
      server: `Bearer ${server}`,
      admin: `Bearer ${admin}`,
    });
  });
  afterAll(() => core.stop());

  it('is said for every route', () => {
    expect(routesWithoutRule(core.app)).toEqual([]);
    const routes = discoverRoutes(core.app).map(({ method, path }) => `${method} ${path}`);
    expect(routes.sort()).toEqual(Object.keys(RULES).sort());
  });

  it.each(Object.entries(RULES))('%s', async (route, kinds) => {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(/:(id|reference)/, ID).replace(/:\w+/, 'x') + (QUERIES[pattern] ?? '');
    for (const [who, authorization] of Object.entries(credentials)) {
      const answer = await core.call(`${method.toUpperCase()} ${path}`, {
        key: null,
        headers: { ...(authorization !== undefined && { authorization }) },
        ...(method === 'post' && { body: {} }),
      });
      const kind = who === 'the public key as bearer' ? 'public' : who;
      const allowed = kinds === null || kinds.includes(kind as Kind);
      const known = ['public', 'session', 'server', 'admin'].includes(kind);
      const outcome = `${who}: ${answer.status}`;
      if (DEVICES.includes(pattern)) {
        expect([answer.status, answer.body.code]).toEqual([401, expect.stringMatching(/^DEVICE\./)]);
      } else if (allowed && pattern !== '/v1/projects/:writeKey/settings') {
        expect([401, 403].includes(answer.status) && outcome).toBe(false);
      } else if (!allowed) {
        expect((known ? [401, 403] : [401]).includes(answer.status) || outcome).toBe(true);
        expect(answer.body.code).toMatch(/^ACCESS\./);
      }
    }
  });
});

describe('what each role may call', () => {
  const rules = describeRoles().filter(({ open }) => open === undefined);
  let core: CoreUnderTest;
  const people = new Map<Role, Record<string, string>>();

  beforeAll(async () => {
    core = await startCore();
    for (const role of ROLES) people.set(role, await signedIn(core, [role]));
  });
  afterAll(() => core.stop());

  it('is said for every route: those for write keys are for no person, all others for administrators at least', () => {
    for (const { path, kinds, roles } of rules)
      expect([path, roles.includes('admin')]).toEqual([path, !kinds.includes('public')]);
    const ofPeople = rules.filter(({ kinds }) => kinds.length === 0);
    expect(ofPeople.every(({ roles }) => roles.length === ROLES.length)).toBe(true);
  });

  it.each([...ROLES])('is what the guard lets a person with the role %s do', async (role) => {
    const wrong: string[] = [];
    for (const { method, path, roles, kinds } of rules) {
      // These would end the very session that asks.
      if (method === 'DELETE' && path.startsWith('/v1/sessions')) continue;
      const at = path.replace(/:(id|reference)/, ID).replace(/:\w+/, 'x') + (QUERIES[path] ?? '');
      const answer = await core.call(`${method} ${at}`, {
        key: null,
        headers: people.get(role) ?? {},
        ...(method !== 'GET' && { body: {} }),
      });
      const refused = answer.status === 401 || answer.body.code === 'ACCESS.FORBIDDEN';
      if (refused === roles.includes(role))
        wrong.push(`${method} ${path} [${kinds.join()}]: ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });
});
