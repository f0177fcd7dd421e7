import { createServer, type AddressInfo } from 'node:net';
import { emailSmtp } from './index.js';
import { actionFor, contextFor } from './testing/connector-fixture.js';
import { startSmtpScript, type Script } from './testing/smtp-script.js';

const content = { subject: 'Hello', html: `<p>${'Hello '.repeat(2000)}</p>` };

async function against(
  script: Script,
  run: (deliver: () => Promise<unknown>, abort: AbortController) => Promise<void>,
) {
  const server = await startSmtpScript(script);
  const abort = new AbortController();
  const context = contextFor({ port: server.port, timeout: 0.4 }, { signal: abort.signal });
  try {
    await run(async () => emailSmtp.deliver?.(actionFor(content), context), abort);
    return { contents: server.contents(), connections: server.connections() };
  } finally {
    await context.resources.close();
    await server.close();
  }
}

describe('when the line fails', () => {
  const notSent: [string, Script][] = [
    ['is cut before the greeting', { greeting: 'cut' }],
    ['hangs before the greeting', { greeting: 'silence' }],
    ['is cut at the sender', { mail: 'cut' }],
    ['hangs at the sender', { mail: 'silence' }],
    ['is cut at the recipient', { rcpt: 'cut' }],
    ['hangs at the recipient', { rcpt: 'silence' }],
    ['is cut before the content', { data: 'cut' }],
    ['hangs before the content', { data: 'silence' }],
  ];
  it.each(notSent)('and %s, nothing was sent: it may be tried again', async (_, script) => {
    const { contents } = await against(script, async (deliver) => {
      expect(await deliver()).toMatchObject({
        status: 'rejected',
        code: 'EMAIL.CONNECTION_FAILED',
        retryable: true,
      });
    });
    expect(contents).toBe(0);
  });

  const nobodyKnows: [string, Script][] = [
    ['is cut after the content', { content: 'cut' }],
    ['hangs after the content', { content: 'silence' }],
  ];
  it.each(nobodyKnows)('and %s, nobody knows, and it is sent once', async (_, script) => {
    const { contents, connections } = await against(script, async (deliver) => {
      expect(await deliver()).toMatchObject({ status: 'unknown' });
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    expect({ contents, connections }).toEqual({ contents: 1, connections: 1 });
  });

  it('the reply after the content counts when there is one', async () => {
    await against({ content: '452 full' }, async (deliver) => {
      expect(await deliver()).toMatchObject({
        status: 'rejected',
        code: 'EMAIL.MESSAGE_REJECTED',
        retryable: true,
      });
    });
    await against({ content: '421 closing' }, async (deliver) => {
      expect(await deliver()).toMatchObject({ status: 'rejected', retryable: true });
    });
  });

  it('a server that turns everybody away may be tried later', async () => {
    await against({ greeting: '554 no service' }, async (deliver) => {
      expect(await deliver()).toMatchObject({
        status: 'rejected',
        code: 'EMAIL.SERVER_REFUSED',
        retryable: true,
      });
    });
  });

  it('an abort before the content leaves is a rejection, after it nobody knows', async () => {
    await against({ rcpt: 'silence' }, async (deliver, abort) => {
      setTimeout(() => abort.abort(), 100);
      expect(await deliver()).toMatchObject({ status: 'rejected', retryable: true });
    });
    await against({ content: 'silence' }, async (deliver, abort) => {
      setTimeout(() => abort.abort(), 100);
      expect(await deliver()).toMatchObject({ status: 'unknown' });
    });
  });

  it('a connection that was closed while idle is replaced', async () => {
    const { contents } = await against({ cutWhenIdle: 0 }, async (deliver) => {
      for (let i = 0; i < 4; i++) {
        expect(await deliver()).toMatchObject({ status: 'accepted' });
        await new Promise((resolve) => setTimeout(resolve, i % 2 ? 0 : 60));
      }
    });
    expect(contents).toBe(4);
  });

  it('nobody at the port means nothing was sent', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const context = contextFor({ port });
    expect(await emailSmtp.deliver?.(actionFor(content), context)).toMatchObject({
      status: 'rejected',
      code: 'EMAIL.CONNECTION_FAILED',
      retryable: true,
    });
    await context.resources.close();
  });
});
