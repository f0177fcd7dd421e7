import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerQuestions } from '../child.js';

export interface SilentQuestion {
  hang: boolean;
}

/** Twilio that takes requests, and says nothing while it is told to hang. */
class SilentTwilio {
  readonly server = createServer((request, response) => {
    request.resume().on('end', () => (this.hangs ? this.held.push(response) : this.take(response)));
  });
  private readonly held: ServerResponse[] = [];
  private hangs = false;
  private count = 0;

  /** @returns how many were waiting; they are answered now */
  tell({ hang }: SilentQuestion): Promise<number> {
    this.hangs = hang;
    const waiting = this.held.splice(0);
    for (const response of waiting) this.take(response);
    return Promise.resolve(waiting.length);
  }

  private take(response: ServerResponse): void {
    this.count += 1;
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ sid: `SM${this.count.toString(16).padStart(32, '0')}`, status: 'queued' }));
  }
}

function start(): void {
  const twilio = new SilentTwilio();
  twilio.server.listen(0, '127.0.0.1', () => {
    const { port } = twilio.server.address() as AddressInfo;
    answerQuestions((question: SilentQuestion) => twilio.tell(question), { port });
  });
}

start();
