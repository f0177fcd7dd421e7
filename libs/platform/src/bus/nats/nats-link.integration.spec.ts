import { until } from '../../testing/bus-contract.js';
import { startNatsServer, type NatsServer } from '../../testing/index.js';
import { NatsLink } from './nats-link.js';

describe('the link to NATS', () => {
  const servers: NatsServer[] = [];
  const links: NatsLink[] = [];

  afterEach(async () => {
    await Promise.all(links.splice(0).map((link) => link.stop()));
    await Promise.all(servers.splice(0).map((server) => server.remove()));
  });

  const serve = async (...flags: string[]) => {
    const server = await startNatsServer(flags);
    servers.push(server);
    return server;
  };
  const linkTo = (port: number, secrets: { user?: string; password?: string; token?: string } = {}) => {
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const link = new NatsLink(
      { servers: [`127.0.0.1:${port}`], replicas: 1, ...secrets },
      { say, warn: say },
    );
    links.push(link);
    link.start();
    return { link, said };
  };
  const problemOf = (link: NatsLink) => {
    try {
      return link.check();
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('waits for a server that is not there yet, and says so in one line', async () => {
    const server = await serve();
    await server.stop();
    const { link, said } = linkTo(server.port);
    await until(() => said.length > 0);
    expect(said).toEqual([
      expect.stringMatching(/^waiting for NATS: 127\.0\.0\.1:\d+ cannot be reached .*refused/),
    ]);
    expect(problemOf(link)).toMatch(/cannot be reached/);
    await server.start();
    await until(() => link.up !== undefined);
    expect(link.check()).toBe(`NATS JetStream at 127.0.0.1:${server.port}`);
  });

  it('comes back after the server did, and prepares anew each time', async () => {
    const server = await serve();
    const { link } = linkTo(server.port);
    let prepared = 0;
    link.onUp(async () => {
      prepared += 1;
      if (prepared === 2) throw new Error('not the first time');
    });
    await until(() => link.up !== undefined && prepared === 1);
    await server.kill();
    await until(() => link.up === undefined);
    expect(problemOf(link)).toMatch(/was lost/);
    await server.start();
    await until(() => link.up !== undefined);
    expect(prepared).toBe(3);
  });

  it('is let in by user and password, or by a token, and tells nobody', async () => {
    const server = await serve('--user', 'hub', '--pass', 'open-sesame');
    const wrong = linkTo(server.port, { user: 'hub', password: 'wrong-sesame' });
    const right = linkTo(server.port, { user: 'hub', password: 'open-sesame' });
    await until(() => right.link.up !== undefined && wrong.said.length > 0);
    expect(problemOf(wrong.link)).toMatch(/Authorization Violation/i);
    const byToken = await serve('--auth', 'secret-token');
    const token = linkTo(byToken.port, { token: 'secret-token' });
    await until(() => token.link.up !== undefined);
    const told = [...wrong.said, ...right.said, ...token.said, problemOf(wrong.link)].join('\n');
    expect(told).not.toMatch(/sesame|secret-token/);
  });
});
