import { createTransport } from 'nodemailer';
import { answerQuestions } from '../child.js';

/** What the pool sends: so many mails to a server on this machine. */
export interface RawQuestion {
  port: number;
  mails: number;
  connections: number;
  subject: string;
  html: string;
  text: string;
}

/** Sends mails by nodemailer's pool and nothing else. @returns mails a second */
async function send({ port, mails, connections, ...content }: RawQuestion): Promise<number> {
  const pool = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    maxConnections: connections,
    maxMessages: Infinity,
  });
  const started = performance.now();
  await Promise.all(
    Array.from({ length: mails }, (_, index) =>
      pool.sendMail({ from: 'shop@example.com', to: `raw${index}@example.org`, ...content }),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  pool.close();
  return mails / seconds;
}

answerQuestions(send);
