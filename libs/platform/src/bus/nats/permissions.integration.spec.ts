import { connect, type NatsConnection } from '@nats-io/transport-node';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../../testing/bus-contract.js';
import { startNatsServer, type NatsServer } from '../../testing/index.js';
import { NatsLink } from './nats-link.js';
import { STREAM } from './subjects.js';
import { SERVER_CERTIFICATE, SERVER_KEY } from './testing/server-certificate.js';
import { declareTopology } from './topology.js';

const GUIDE = resolve(__dirname, '../../../../../docs/guides/many-machines.md');
const TOPOLOGY = { replicas: 1, ackWaitMs: 30_000, maxAckPending: 100 };
const OTHERS = 'connector.sms.deliver';

/** A server as the guide has it: encrypted, the hub and a connector with a user each, the connector's bounds from the guide. */
describe('a nats-server with TLS and users', () => {
  let folder: string;
  let server: NatsServer;
  let link: NatsLink;
  let hub: NatsConnection;
  const open: NatsConnection[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'repartee-nats-tls-'));
    const [permissions] = /permissions: \{[^]*?\n\}/.exec(readFileSync(GUIDE, 'utf8')) ?? [];
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const config = `
      tls: { cert_file: "${file('cert.pem', SERVER_CERTIFICATE)}", key_file: "${file('key.pem', SERVER_KEY)}" }
      authorization: { users: [
        { user: hub, password: open-sesame },
        { user: pager, password: beep, ${permissions} }
      ] }`;
    server = await startNatsServer(['--config', file('nats.conf', config)]);
    link = linkAs({ user: 'hub', password: 'open-sesame' });
    await until(() => link.up !== undefined);
    hub = link.up as NatsConnection;
    await declareTopology(hub, [OTHERS], TOPOLOGY);
  });
  afterAll(async () => {
    await Promise.all(open.map((connection) => connection.close()));
    await link.stop();
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  function linkAs(
    who: { user?: string; password?: string },
    tls: object | undefined = ca(),
    said?: string[],
  ) {
    const say = (text: string) => void said?.push(text);
    const servers = [`localhost:${server.port}`];
    const made = new NatsLink({ servers, replicas: 1, ...who, tls }, { say, warn: say });
    made.start();
    return made;
  }
  const ca = () => ({ caFile: join(folder, 'cert.pem') });

  /** The connector, and what the server refused it. */
  async function pager() {
    const connection = await connect({
      servers: `localhost:${server.port}`,
      ...{ user: 'pager', pass: 'beep' },
      tls: ca(),
    });
    open.push(connection);
    const refused: string[] = [];
    void (async () => {
      for await (const status of connection.status())
        if (status.type === 'error') refused.push(status.error.message);
    })();
    const isRefused = (subject: string) => until(() => refused.some((text) => text.includes(subject)));
    return { connection, refused, isRefused };
  }

  it('lets the hub in by its user over TLS, and nobody by another authority or a wrong password', async () => {
    expect(link.check()).toBe(`NATS JetStream at localhost:${server.port}`);
    const said: string[] = [];
    const strangers = [
      linkAs({ user: 'hub', password: 'wrong' }, ca(), said),
      linkAs({ user: 'hub', password: 'open-sesame' }, {}, said),
      linkAs({}, ca(), said),
    ];
    await until(() => said.length >= strangers.length);
    expect(strangers.map(({ up }) => up)).toEqual([undefined, undefined, undefined]);
    expect(said.join()).not.toContain('sesame');
    await Promise.all(strangers.map((one) => one.stop()));
  });

  it('lets a connector read its commands, answer them and its questions, and keep its bucket', async () => {
    const { connection, refused } = await pager();
    const ask = async (subject: string, body: object | string) =>
      (await connection.request(`$JS.API.${subject}`, JSON.stringify(body), { timeout: 10_000 })).json<{
        error?: object;
      }>();
    const durable_name = 'connector_pager_deliver';
    const filter_subject = 'repartee.connector.pager.deliver';
    const consumer = { durable_name, filter_subject, ack_policy: 'explicit', max_deliver: -1 };
    const made = await ask(`CONSUMER.DURABLE.CREATE.${STREAM}.${durable_name}`, {
      ...{ stream_name: STREAM, config: consumer },
    });
    expect(made.error).toBeUndefined();
    await hub.request(filter_subject, '{"n":1}', { timeout: 10_000 });
    const next = `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${durable_name}`;
    const command = await connection.request(next, '{"batch":1}', { timeout: 10_000, noMux: true });
    expect(command.json()).toEqual({ n: 1 });
    await connection.request(command.reply ?? '', '+ACK', { timeout: 10_000 });
    const took = await connection.request('repartee.connector.outcome', '{}', { timeout: 10_000 });
    expect(took.json()).toMatchObject({ stream: STREAM });
    connection.subscribe('repartee-ask.connector.pager.receive', {
      callback: (_error, message) => void message.respond('{"verified":false}'),
    });
    await connection.flush();
    const answer = await hub.request('repartee-ask.connector.pager.receive', '{}', { timeout: 10_000 });
    expect(answer.json()).toEqual({ verified: false });
    const bucket = { name: 'KV_pager', subjects: ['$KV.pager.>'], num_replicas: 1 };
    expect((await ask('STREAM.CREATE.KV_pager', bucket)).error).toBeUndefined();
    const kept = await connection.request('$KV.pager.a1', 'begun', { timeout: 10_000 });
    expect(kept.json()).toMatchObject({ stream: 'KV_pager', seq: 1 });
    expect(refused).toEqual([]);
  });

  it.each([
    'repartee.delivery.stale',
    `repartee.${OTHERS}`,
    'repartee-ask.connector.sms.receive',
    `$JS.API.STREAM.DELETE.${STREAM}`,
    `$JS.API.STREAM.PURGE.${STREAM}`,
    `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.connector_sms_deliver`,
    `$JS.API.CONSUMER.DELETE.${STREAM}.connector_sms_deliver`,
    '$KV.others.a1',
  ])('lets it say nothing to %s', async (subject) => {
    const { connection, isRefused } = await pager();
    connection.publish(subject, '{}');
    await isRefused(subject);
  });

  it.each(['repartee.>', 'repartee-ask.>', 'repartee-ask.connector.sms.receive', '$KV.>', '>'])(
    'lets it hear nothing of %s',
    async (subject) => {
      const { connection, isRefused } = await pager();
      connection.subscribe(subject, { callback: () => undefined });
      await isRefused(`"${subject}"`);
    },
  );
});
