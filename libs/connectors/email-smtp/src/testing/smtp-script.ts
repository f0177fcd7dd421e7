import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What the server does at one point: reply, cut the line, or say nothing any more. */
export type Step = string | 'cut' | 'silence';

export interface Script {
  greeting?: Step;
  mail?: Step;
  rcpt?: Step;
  data?: Step;
  /** After the content. */
  content?: Step;
  /** Cuts the line this many milliseconds after a message was taken. */
  cutWhenIdle?: number;
}

/** An SMTP server that misbehaves to order, and counts the contents it was given. */
export async function startSmtpScript(script: Script) {
  let contents = 0;
  let connections = 0;
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    const act = (step: Step) => {
      if (step === 'cut') socket.destroy();
      else if (step !== 'silence') socket.write(`${step}\r\n`);
    };
    let inContent = false;
    let buffered = '';
    const line = (text: string) => {
      if (!inContent) commands.push(text);
      if (inContent) {
        if (text !== '.') return;
        inContent = false;
        contents += 1;
        act(script.content ?? '250 taken');
        if (script.cutWhenIdle !== undefined) setTimeout(() => socket.destroy(), script.cutWhenIdle);
      } else if (/^EHLO/i.test(text)) act('250-script\r\n250 8BITMIME');
      else if (/^MAIL/i.test(text)) act(script.mail ?? '250 ok');
      else if (/^RCPT/i.test(text)) act(script.rcpt ?? '250 ok');
      else if (/^DATA/i.test(text)) {
        act(script.data ?? '354 go');
        inContent = script.data === undefined;
      } else if (/^QUIT/i.test(text)) socket.end('221 bye\r\n');
      else act('250 ok');
    };
    socket.on('data', (chunk) => {
      const lines = (buffered + chunk.toString()).split('\r\n');
      buffered = lines.pop() ?? '';
      lines.forEach(line);
    });
    act(script.greeting ?? '220 script');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    contents: () => contents,
    connections: () => connections,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
