import { apply } from './testing/apply.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

const action = { channel: 'email', zone: 'email.main' };
const CONFIGURATION = {
  version: 1,
  zones: [
    { key: 'email.main', channel: 'email' },
    { key: 'email.spare', channel: 'email' },
    { key: 'home', channel: 'web' },
  ],
  offers: [{ key: 'hello', name: 'Hello', value: 5, repeatable: true }],
  treatments: [
    {
      ...{ key: 'hello.mail', offer: 'hello', channel: 'email', zones: ['email.main'] },
      content: { subject: 'Hello', html: '<p><a href="{{ links.click }}">Come</a></p>' },
    },
  ],
  reactions: [
    { key: 'applied', on: { event: 'Never Sent' }, action },
    { key: 'last', on: { event: 'Came To An End' }, action },
  ],
};

interface View {
  key: string;
  version: number;
  on: { event: string };
  code: string;
  detail: string;
  errors: { pointer: string; detail: string }[];
}

describe('a reaction, one at a time', () => {
  let place: Place;
  let core: CoreUnderTest;
  let mailbox: Mailbox;

  beforeAll(async () => {
    [place, mailbox] = await Promise.all([createPlace(), openMailbox()]);
    core = await startCore({ place, environment: mailbox.environment });
    await apply(core, CONFIGURATION);
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
    await place.remove();
  });

  const write = (route: string, body?: object, version?: number) =>
    core.call<View>(route, {
      key: 'admin',
      ...(body && { body }),
      headers: version === undefined ? {} : { 'if-match': `"${version}"` },
    });
  const read = async (key: string) => (await core.call<View>(`GET /v1/reactions/${key}`)).body;
  const zone = async (key: string) =>
    (await core.call<{ revision: number }>(`GET /v1/zones/${key}`)).body.revision;
  const meet = (userId: string) =>
    visibly(core.call, '/v1/identify', { userId, traits: { email: `${userId}@example.org`, name: userId } });
  const does = (userId: string, event: string) => visibly(core.call, '/v1/track', { userId, event });

  it('is started by events from the moment it is added, and no more when it is gone', async () => {
    await meet('ann');
    const added = await write('/v1/reactions', { key: 'greet', on: { event: 'Signed Up' }, action });
    expect(added).toMatchObject({ status: 201, body: { key: 'greet', on: { event: 'Signed Up' } } });
    expect(added.headers.get('etag')).toBe(`"${added.body.version}"`);
    await does('ann', 'Signed Up');
    await mailbox.mailTo('ann@example.org', 1);
    const { version, ...rest } = await read('greet');
    expect(rest).toMatchObject({ on: { event: 'Signed Up' }, action });
    const replaced = await write('PUT /v1/reactions/greet', { on: { event: 'Came Back' }, action }, version);
    expect(replaced.status).toBe(200);
    expect(replaced.body.version).toBeGreaterThan(version);
    await does('ann', 'Signed Up');
    await does('ann', 'Came Back');
    await mailbox.mailTo('ann@example.org', 2);
    expect((await write('DELETE /v1/reactions/greet', undefined, replaced.body.version)).status).toBe(204);
    await does('ann', 'Came Back');
    await does('ann', 'Signed Up');
    await does('ann', 'Came To An End');
    await mailbox.mailTo('ann@example.org', 3);
    expect(mailbox.mailsTo('ann@example.org')).toHaveLength(3);
    expect(await core.call('GET /v1/reactions/greet')).toMatchObject({
      status: 404,
      body: { code: 'REACTION.NOT_FOUND' },
    });
  });

  it('is changed by whoever has seen the present version', async () => {
    const { version } = await read('applied');
    const body = { on: { event: 'Never Sent' }, action, after: '1h' };
    expect((await write('PUT /v1/reactions/applied', body)).status).toBe(428);
    expect((await write('PUT /v1/reactions/applied', body, version + 1)).status).toBe(412);
    expect((await write('DELETE /v1/reactions/applied', undefined, version + 1)).status).toBe(412);
    expect((await write('PUT /v1/reactions/applied', body, version)).status).toBe(200);
    expect((await write('PUT /v1/reactions/applied', body, version)).status).toBe(412);
    expect((await write('PUT /v1/reactions/nobody', body, 1)).status).toBe(404);
    expect((await write('/v1/reactions', { key: 'applied', ...body })).body.code).toBe('REACTION.EXISTS');
  });

  it('keeps its version when the same is applied again', async () => {
    await apply(core, CONFIGURATION);
    const { version } = await read('applied');
    await apply(core, CONFIGURATION);
    expect((await read('applied')).version).toBe(version);
  });

  it('is refused at the place that is wrong', async () => {
    const on = { event: 'Signed Up' };
    const pointersOf = async (body: object) => {
      const { status, body: problem } = await write('/v1/reactions', { key: 'wrong', on, action, ...body });
      return [status, problem.code, ...problem.errors.map(({ pointer }) => pointer)];
    };
    expect(await pointersOf({ on: { ...on, where: 'event.properties.' } })).toEqual([
      ...[422, 'REACTION.REFUSED', '#/on/where'],
    ]);
    expect(await pointersOf({ when: 'profile.computed.no_such > 1' })).toEqual([
      ...[422, 'REACTION.REFUSED', '#/when'],
    ]);
    expect(await pointersOf({ action: { channel: 'email', zone: 'nowhere' } })).toEqual([
      ...[422, 'REACTION.REFUSED', '#/action/zone'],
    ]);
    expect(await pointersOf({ action: { ...action, whenAbsent: { channel: 'sms', zone: 'home' } } })).toEqual(
      [422, 'REACTION.REFUSED', '#/action/whenAbsent/zone'],
    );
    const [status, , ...pointers] = await pointersOf({ after: 'soon', colour: 'red' });
    expect([status, ...pointers.sort()]).toEqual([400, '#/after', '#/colour']);
    expect((await core.call('GET /v1/reactions/wrong')).status).toBe(404);
  });

  it('keeps the zone it acts in', async () => {
    const main = await zone('email.main');
    const moved = await write('PUT /v1/zones/email.spare', { channel: 'sms' }, await zone('email.spare'));
    expect(moved.status).toBe(200);
    await write('/v1/reactions', {
      ...{ key: 'push', on: { event: 'Never Sent' } },
      action: { channel: 'web', zone: 'home', whenAbsent: action },
    });
    const home = await zone('home');
    const refusals = [
      await write('DELETE /v1/zones/home', undefined, home),
      await write('PUT /v1/zones/home', { channel: 'sms' }, home),
    ];
    for (const { status, body } of refusals) {
      expect([status, body.code]).toEqual([422, 'CATALOGUE.REFUSED']);
      expect(body.detail).toContain('the reaction push acts in home on the channel web');
    }
    expect(refusals[1]?.body.errors[0]?.pointer).toBe('#/channel');
    const applied = await write('/v1/apply', { version: 1, zones: [{ key: 'home', channel: 'kiosk' }] });
    expect(applied.body).toMatchObject({ code: 'APPLY.REFUSED', errors: [{ pointer: '#/zones/0/channel' }] });
    expect(await zone('home')).toBe(home);
    expect(await zone('email.main')).toBe(main);
    const { version } = await read('push');
    expect((await write('DELETE /v1/reactions/push', undefined, version)).status).toBe(204);
    expect((await write('DELETE /v1/zones/home', undefined, home)).status).toBe(204);
  });

  it('stays for as long as an experiment acts on it', async () => {
    await write('/v1/reactions', { key: 'tried', on: { event: 'Never Sent' }, action });
    const experiment = {
      key: 'try',
      on: { reaction: 'tried' },
      variations: [{ key: 'go' }, { key: 'stay', go: false }],
      goal: { key: 'clicks', of: 'click' },
    };
    expect((await write('/v1/experiments', experiment)).status).toBe(201);
    expect((await write('/v1/experiments/try/start')).status).toBe(200);
    const { version } = await read('tried');
    const refused = await write('DELETE /v1/reactions/tried', undefined, version);
    expect([refused.status, refused.body.code]).toEqual([409, 'REACTION.IN_USE']);
    expect((await write('/v1/experiments/try/stop', {})).status).toBe(200);
    expect((await write('DELETE /v1/reactions/tried', undefined, version)).status).toBe(204);
  });

  it('keeps the zones that an experiment on it fills, and none begins whose zone is gone', async () => {
    const zones = ['email.other', 'email.third'];
    for (const key of zones) await write('/v1/zones', { key, channel: 'email' });
    await write('/v1/reactions', { key: 'placed', on: { event: 'Never Sent' }, action });
    const experiment = (key: string, zone: string) => ({
      ...{ key, on: { reaction: 'placed' }, goal: { key: 'clicks', of: 'click' } },
      variations: [{ key: 'here' }, { key: 'there', zone }],
    });
    for (const [index, zone] of zones.entries())
      expect((await write('/v1/experiments', experiment(`where-${index}`, zone))).status).toBe(201);
    expect((await write('/v1/experiments/where-0/start')).status).toBe(200);
    const refusals = [
      await write('DELETE /v1/zones/email.other', undefined, await zone('email.other')),
      await write('PUT /v1/zones/email.other', { channel: 'sms' }, await zone('email.other')),
      await write('/v1/apply', { version: 1, zones: [{ key: 'email.other', channel: 'sms' }] }),
    ];
    for (const { status, body } of refusals) {
      expect(status).toBe(422);
      expect(body.errors[0]?.detail).toBe(
        'the experiment where-0 on the reaction placed fills email.other on the channel email',
      );
    }
    const { version } = await read('placed');
    const moved = { on: { event: 'Never Sent' }, action: { channel: 'web', zone: 'page' } };
    await write('/v1/zones', { key: 'page', channel: 'web' });
    const refused = await write('PUT /v1/reactions/placed', moved, version);
    expect([refused.status, refused.body.code]).toEqual([422, 'REACTION.REFUSED']);

    expect((await write('DELETE /v1/zones/email.third', undefined, await zone('email.third'))).status).toBe(
      204,
    );
    const late = await write('/v1/experiments/where-1/start');
    expect([late.status, late.body.code]).toEqual([422, 'EXPERIMENT.REFUSED']);
    expect(late.body.errors).toEqual([
      { pointer: '#/variations/1/zone', detail: 'there is no zone email.third' },
    ]);

    expect((await write('/v1/experiments/where-0/stop', {})).status).toBe(200);
    expect((await write('DELETE /v1/reactions/placed', undefined, version)).status).toBe(204);
    expect((await write('DELETE /v1/zones/email.other', undefined, await zone('email.other'))).status).toBe(
      204,
    );
  });

  it('is listed by key, page by page', async () => {
    for (const key of ['zulu', 'alpha'])
      await write('/v1/reactions', { key, on: { event: 'Never Sent' }, action });
    const page = async (query: string) =>
      (await core.call<{ items: View[]; nextCursor: string | null }>(`GET /v1/reactions${query}`)).body;
    const first = await page('?limit=2');
    expect(first.items.map(({ key }) => key)).toEqual(['alpha', 'applied']);
    const second = await page(`?limit=2&cursor=${first.nextCursor}`);
    expect(second.items.map(({ key }) => key)).toEqual(['last', 'zulu']);
    expect(second.nextCursor).toBeNull();
    expect((await core.call('GET /v1/reactions?limit=0')).status).toBe(400);
  });
});
