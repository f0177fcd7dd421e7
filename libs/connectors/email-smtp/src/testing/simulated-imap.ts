import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface SimulatedMailbox {
  port: number;
  /** Mails, the first of UID 1. */
  mails: Buffer[];
  /** Changes when the server lost its UIDs. */
  validity: number;
  /** Commands that came, without their tags. */
  commands: string[];
  close(): Promise<void>;
}

/** As much of an IMAP server (RFC 3501) as it takes to read a mailbox. */
export async function simulatedImap(user: string, password: string): Promise<SimulatedMailbox> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    talk(socket, mailbox, { user, password });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const mailbox: SimulatedMailbox = {
    port: (server.address() as AddressInfo).port,
    mails: [],
    validity: 7,
    commands: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return mailbox;
}

function talk(socket: Socket, mailbox: SimulatedMailbox, known: { user: string; password: string }): void {
  let buffered = '';
  let proving: string | undefined;
  const say = (line: string) => void socket.write(`${line}\r\n`);
  const proven = (tag: string, proof: string) => {
    const [, user, password] = Buffer.from(proof, 'base64').toString().split('\0');
    const right = user === known.user && password === known.password;
    say(right ? `${tag} OK in` : `${tag} NO [AUTHENTICATIONFAILED] no`);
  };
  const fetch = (set: string) => {
    for (const uid of uidsIn(set, mailbox.mails.length)) {
      const mail = mailbox.mails[uid - 1] ?? Buffer.alloc(0);
      const date = '02-Jan-2029 03:04:05 +0000';
      say(`* ${uid} FETCH (UID ${uid} INTERNALDATE "${date}" BODY[]<0> {${mail.length}}`);
      socket.write(mail);
      say(')');
    }
  };
  const onLine = (line: string): void => {
    if (proving !== undefined) {
      proven(proving, line);
      proving = undefined;
      return;
    }
    const [, tag = '', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
    mailbox.commands.push(command);
    const [verb = '', second = '', third = ''] = command.split(' ');
    const word = verb.toUpperCase();
    if (word === 'AUTHENTICATE') {
      proving = tag;
      return third === '' ? say('+ ') : onLine(third);
    }
    if (word === 'CAPABILITY') say('* CAPABILITY IMAP4rev1 AUTH=PLAIN');
    if (word === 'LIST') say('* LIST (\\HasNoChildren) "/" INBOX');
    if (word === 'EXAMINE') {
      say(`* ${mailbox.mails.length} EXISTS`);
      say(`* OK [UIDVALIDITY ${mailbox.validity}] valid`);
      say(`* OK [UIDNEXT ${mailbox.mails.length + 1}] next`);
    }
    if (word === 'UID' && second === 'SEARCH') {
      const set = /([\d:*,]+)$/.exec(command)?.[1] ?? '1:*';
      say(`* SEARCH ${uidsIn(set, mailbox.mails.length).join(' ')}`);
    }
    if (word === 'UID' && second === 'FETCH') fetch(third);
    if (word === 'LOGOUT') say('* BYE');
    say(`${tag} OK done`);
    if (word === 'LOGOUT') socket.end();
  };
  socket.on('data', (chunk) => {
    const lines = (buffered + chunk.toString()).split('\r\n');
    buffered = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  say('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] simulated');
}

/** `n:*` holds the last one even where it is below n (RFC 3501 section 6.4.8). */
function uidsIn(set: string, last: number): number[] {
  const all = Array.from({ length: last }, (_, i) => i + 1);
  const ranges = set.split(',').map((range) => {
    const [from = 0, to = from] = range.split(':').map((end) => (end === '*' ? last : Number(end)));
    return { from: Math.min(from, to), to: Math.max(from, to) };
  });
  return all.filter((uid) => ranges.some(({ from, to }) => uid >= from && uid <= to));
}
