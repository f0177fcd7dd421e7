import { createServer, type AddressInfo, type Socket } from 'node:net';
import { answerQuestions } from '../child.js';

/** Takes every mail and keeps none: the least an SMTP server can do, so that it is not what is measured. */
function serve(socket: Socket): void {
  let data = false;
  let rest = '';
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

const server = createServer(serve);
server.listen(0, '127.0.0.1', () =>
  answerQuestions(() => Promise.resolve(undefined), { port: (server.address() as AddressInfo).port }),
);
