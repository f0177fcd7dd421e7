import { createServer, type AddressInfo, type Socket } from 'node:net';
import { answerQuestions } from '../child.js';

/** When a mail was taken: milliseconds since the epoch. */
export type Taken = [address: string, at: number];

/** What was taken since somebody asks for it. */
interface Notes {
  taken?: Taken[];
}

/** Takes every mail and keeps none: the least an SMTP server can do, so that it is not what is measured. */
function serve(socket: Socket, notes: Notes): void {
  let data = false;
  let rest = '';
  let recipient = '';
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.write('220 sink\r\n');
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    for (;;) {
      const end = data ? '\r\n.\r\n' : '\r\n';
      const at = rest.indexOf(end);
      if (at < 0) return;
      const line = rest.slice(0, at);
      rest = rest.slice(at + end.length);
      const { taken } = notes;
      if (taken && data) taken.push([recipient, performance.timeOrigin + performance.now()]);
      else if (taken && line.startsWith('RCPT')) recipient = /<([^>]*)>/.exec(line)?.[1] ?? '';
      socket.write(replyTo(line, data));
      data = !data && /^DATA$/i.test(line);
    }
  });
}

function replyTo(line: string, data: boolean): string {
  if (data) return '250 taken\r\n';
  if (/^EHLO/i.test(line)) return '250-sink\r\n250 8BITMIME\r\n';
  if (/^DATA/i.test(line)) return '354 go on\r\n';
  return /^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n';
}

function start(): void {
  const notes: Notes = {};
  /** Notes from now on when mails are taken. @returns what was noted so far */
  const note = async (): Promise<Taken[]> => {
    const { taken = [] } = notes;
    notes.taken = [];
    return taken;
  };
  const server = createServer((socket) => serve(socket, notes));
  server.listen(0, '127.0.0.1', () =>
    answerQuestions(note, { port: (server.address() as AddressInfo).port }),
  );
}

start();
