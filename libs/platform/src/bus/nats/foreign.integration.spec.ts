import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import type { CloudEvent } from '@repartee/contracts';
import { BusSubject, until } from '../../testing/bus-contract.js';
import { startNatsServer, type NatsServer } from '../../testing/index.js';
import { NatsRequests } from './nats-requests.js';
import { STREAM } from './subjects.js';
import { natsBusOn } from './testing/nats-bus.js';

jest.setTimeout(60_000);

describe('processes that have no database', () => {
  let server: NatsServer;
  let foreign: NatsConnection;
  const subject = new BusSubject(natsBusOn(() => server));

  beforeAll(async () => {
    Logger.overrideLogger(false);
    server = await startNatsServer();
    foreign = await connect({ servers: server.url });
  });
  afterAll(async () => {
    await foreign.close();
    await server.remove();
  });
  beforeEach(() => subject.create());
  afterEach(() => subject.close());

  const letters = async () => {
    const page = await subject.deadLetters.list();
    return page.ok ? page.value.items : [];
  };
  const outcome = (id: string, more: object = {}) => ({
    specversion: '1.0',
    id,
    source: '/hosts/python',
    type: 'connector.outcome',
    data: { attemptId: 'a-1' },
    ...more,
  });
  const say = (payload: string, name = 'repartee.connector.outcome') =>
    jetstream(foreign).publish(name, payload);

  it('are heard: a CloudEvent with the least that it must have, each once', async () => {
    const got = await subject.collect('connector.outcome');
    await until(async () => (await streamExists()) && true);
    await say(JSON.stringify(outcome('1')));
    await say(JSON.stringify(outcome('1')));
    await say(JSON.stringify(outcome('1', { source: '/hosts/perl', time: '2026-01-01T10:00:00+02:00' })));
    await say(JSON.stringify(outcome('2', { datacontenttype: 'application/json; charset=utf-8' })));
    await until(() => got.length >= 3);
    const told = got.map(({ source, id }) => `${source} ${id}`).sort();
    expect(told).toEqual(['/hosts/perl 1', '/hosts/python 1', '/hosts/python 2']);
    expect(got[0]).toMatchObject({ datacontenttype: 'application/json', data: { attemptId: 'a-1' } });
    expect(Number.isNaN(Date.parse(got[0]?.time ?? ''))).toBe(false);
  });

  it('are heard again after a failure, and their dead letters are replayed, like everyone else’s', async () => {
    let broken = true;
    const got: CloudEvent[] = [];
    await subject.consume({
      'connector.outcome': async (event) => {
        if (broken) throw new Error('not now');
        got.push(event);
      },
    });
    await until(streamExists);
    await say(JSON.stringify(outcome('1')));
    await until(async () => (await letters()).length === 1);
    const [letter] = await letters();
    expect(letter).toMatchObject({ cause: 'exhausted', attempts: 3, event: { id: '1' } });
    broken = false;
    await subject.deadLetters.replay(letter?.id ?? '');
    await until(() => got.length === 1);
    expect(got[0]).toMatchObject({ id: '1', source: '/hosts/python', data: { attemptId: 'a-1' } });
    // Said again, it is known.
    await say(JSON.stringify(outcome('1')));
    await say(JSON.stringify(outcome('2')));
    await until(() => got.some(({ id }) => id === '2'));
    expect(got).toHaveLength(2);
  });

  it('cannot break anything by what they say: it becomes a dead letter, and the next message is handled', async () => {
    const got = await subject.collect('connector.outcome');
    await until(streamExists);
    await say('\u0000 no JSON { ☃');
    await say('[]');
    await say('null');
    await say(JSON.stringify(outcome('', {})));
    await say(JSON.stringify(outcome('1', { type: 'something.else' })));
    await say(JSON.stringify(outcome('1', { specversion: '0.3' })));
    await say(JSON.stringify(outcome('good')));
    await until(() => got.length === 1);
    await until(async () => (await letters()).length === 6);
    const reasons = (await letters()).map(({ reason, cause, type }) => `${type} ${cause} ${reason}`).sort();
    expect(reasons.join('\n')).toMatch(/it is not JSON/);
    expect(reasons.join('\n')).toMatch(/its type is not connector\.outcome/);
    expect(reasons.filter((reason) => reason.includes('not a CloudEvent'))).toHaveLength(4);
    expect(reasons.every((reason) => reason.startsWith('connector.outcome permanent'))).toBe(true);
    expect((await letters()).some(({ event }) => JSON.stringify(event.data).includes('no JSON'))).toBe(true);
  });

  it('take commands with a durable consumer of their own, and answer', async () => {
    const outcomes = await subject.collect('connector.outcome');
    await until(streamExists);
    const manager = await jetstreamManager(foreign);
    await manager.consumers.add(STREAM, {
      durable_name: 'host-python',
      filter_subject: 'repartee.connector.paper.deliver',
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(5_000),
    });
    await subject.publish('connector.paper.deliver', { attemptId: 'p-1' }, { attemptId: 'p-2' });
    const consumer = await jetstream(foreign).consumers.get(STREAM, 'host-python');
    for (const expected of [1, 2]) {
      const command = await consumer.next({ expires: 10_000 });
      if (!command) throw new Error(`command ${expected} did not come`);
      const event = command.json<CloudEvent<{ attemptId: string }>>();
      expect(event).toMatchObject({ specversion: '1.0', type: 'connector.paper.deliver' });
      expect(command.headers?.get('Content-Type')).toBe('application/cloudevents+json');
      await say(JSON.stringify(outcome(event.id, { data: { attemptId: event.data.attemptId } })));
      command.ack();
    }
    await until(() => outcomes.length === 2);
    expect(outcomes.map(({ data }) => data)).toEqual(
      expect.arrayContaining([{ attemptId: 'p-1' }, { attemptId: 'p-2' }]),
    );
  });

  it('answer questions; who does not is named', async () => {
    foreign.subscribe('repartee-ask.paper.verify', {
      callback: (_error, question) => void question.respond(JSON.stringify({ heard: question.json() })),
    });
    foreign.subscribe('repartee-ask.mute.verify', { callback: () => undefined });
    foreign.subscribe('repartee-ask.odd.verify', {
      callback: (_error, question) => void question.respond('{'),
    });
    await foreign.flush();
    const asker = await connect({ servers: server.url });
    const requests = new NatsRequests({ up: asker, onUp: () => undefined });
    expect(await requests.request('paper.verify', { a: 1 }, 2_000)).toEqual({
      ok: true,
      value: { heard: { a: 1 } },
    });
    for (const who of ['mute', 'odd', 'nobody'])
      expect(await requests.request(`${who}.verify`, {}, 100)).toMatchObject({
        ok: false,
        failure: { code: 'BUS.NO_ANSWER' },
      });
    await asker.close();
    expect(
      await new NatsRequests({ up: undefined, onUp: () => undefined }).request('x', {}, 100),
    ).toMatchObject({
      failure: { code: 'BUS.NO_ANSWER' },
    });
  });

  it('get no message that is larger than the server takes: it becomes a dead letter, and the rest goes on', async () => {
    const got = await subject.collect('a');
    await subject.publish('a', 'x'.repeat(1_100_000), 'small');
    await until(() => got.length === 1);
    await until(async () => (await letters()).length === 1);
    expect((await letters())[0]?.reason).toMatch(/larger than the \d+ bytes/);
    expect(got[0]?.data).toBe('small');
  });

  const streamExists = async () => {
    const manager = await jetstreamManager(foreign);
    return manager.streams.info(STREAM).then(
      ({ state }) => state.consumer_count > 0,
      () => false,
    );
  };
});
