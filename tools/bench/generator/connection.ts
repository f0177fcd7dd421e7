import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Called with the answer, or with an error when the connection broke before there was one. */
export type Done = (error: Error | undefined, status: number, body: string) => void;

const HEADER_END = '\r\n\r\n';

/** One keep-alive HTTP/1.1 connection, one request at a time. Knows just enough of HTTP to cost less than what it measures. */
export class Connection {
  private socket: Socket | undefined;
  private received: Buffer | undefined;
  private done: Done | undefined;

  constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  /** Connects ahead of the first request. */
  async ready(): Promise<void> {
    const socket = (this.socket ??= this.open());
    if (socket.connecting) await once(socket, 'connect');
  }

  /** Sends a complete request. Not to be called again before `done`. */
  send(request: string, done: Done): void {
    this.done = done;
    this.socket ??= this.open();
    this.socket.write(request, 'utf8');
  }

  close(): void {
    this.done = undefined;
    this.socket?.destroy();
  }

  private open(): Socket {
    const socket = connect({ host: this.host, port: this.port, noDelay: true });
    const broken = (error: Error) => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      this.finish(error, 0, '');
    };
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', broken);
    socket.on('close', () => broken(new Error('the server closed the connection')));
    return socket;
  }

  private receive(chunk: Buffer): void {
    const received = this.received === undefined ? chunk : Buffer.concat([this.received, chunk]);
    const headerEnd = received.indexOf(HEADER_END);
    this.received = received;
    if (headerEnd < 0) return;
    const header = received.toString('latin1', 0, headerEnd);
    const body = bodyOf(header, received, headerEnd + HEADER_END.length);
    if (body === undefined) return;
    if (/\r\nconnection: *close/i.test(header)) this.drop();
    this.received = undefined;
    this.finish(undefined, Number(header.slice(9, 12)), body);
  }

  /** The next request opens a new connection. */
  private drop(): void {
    const socket = this.socket;
    this.socket = undefined;
    socket?.destroy();
  }

  private finish(error: Error | undefined, status: number, body: string): void {
    const done = this.done;
    this.done = undefined;
    this.received = undefined;
    done?.(error, status, body);
  }
}

/** The body that starts at `start`, once all of it is there. */
function bodyOf(header: string, received: Buffer, start: number): string | undefined {
  const length = /\r\ncontent-length: *(\d+)/i.exec(header)?.[1];
  if (length !== undefined) {
    const end = start + Number(length);
    return received.length < end ? undefined : received.toString('utf8', start, end);
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(header)) return joinChunks(received, start);
  return '';
}

/** RFC 9112, section 7.1, without trailers. */
function joinChunks(received: Buffer, start: number): string | undefined {
  const chunks: Buffer[] = [];
  for (let at = start; ;) {
    const lineEnd = received.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = parseInt(received.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size;
    if (received.length < end + 2) return undefined;
    if (size === 0) return Buffer.concat(chunks).toString();
    chunks.push(received.subarray(lineEnd + 2, end));
    at = end + 2;
  }
}

/** Sends one request on a connection that has none under way. */
export function request(connection: Connection, text: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    connection.send(text, (error, status, body) => (error ? reject(error) : resolve({ status, body })));
  });
}
