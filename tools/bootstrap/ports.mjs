// Ports on this computer.
import { createServer } from 'node:net';
import { Failure } from './progress.mjs';

function listen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const { port: given } = server.address();
      resolve({ port: given, close: () => new Promise((closed) => server.close(closed)) });
    });
  });
}

/** As many different free ports as asked for. */
export async function freePorts(count) {
  const servers = [];
  for (let index = 0; index < count; index++) servers.push(await listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => server.close()));
  return servers.map(({ port }) => port);
}

/** Fails before any work when the port is taken. A value that is no port is the core's to report. */
export async function requireFreePort(env) {
  const port = Number(env.PORT || 4000);
  if (!Number.isInteger(port) || port < 1 || port > 65535) return;
  try {
    await (await listen(port, env.HOST || '127.0.0.1')).close();
  } catch (error) {
    if (error.code === 'EADDRINUSE') {
      throw new Failure(`Port ${port} is in use: stop what runs there, or set PORT to another one.`);
    }
    if (error.code === 'EACCES')
      throw new Failure(`Port ${port} may not be opened by this user: set PORT to another one.`);
  }
}
