import { fail, failure, ok, type CloudEvent, type Result } from '@repartee/contracts';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import type { Clock } from '../clock/index.js';
import type { Database } from '../database/index.js';
import { newId } from '../ids/index.js';
import type { Bus } from './bus.js';
import type { BusConnections } from './bus-connections.js';
import type { BusTransportStrategy } from './bus-transport-strategy.js';
import { Requests, type Answerer } from './requests.js';
import { describeError } from './verdict.js';

/** Before the question, in the type of its message. */
const ASK = 'ask.';
/** PostgreSQL takes fewer than 8,000 bytes in a notification. */
const PIECE = 7_000;

const questionSchema = z.object({
  id: z.string(),
  /** The channel on which the asking process listens. */
  replyTo: z.string().regex(/^[a-z0-9_]+$/),
  /** Milliseconds since the epoch; later nobody listens any more. */
  until: z.number(),
  data: z.unknown(),
});
type Question = z.infer<typeof questionSchema>;

export interface PostgresRequestsParts {
  database: Database;
  bus: Bus;
  strategy: Pick<BusTransportStrategy, 'addHandler'>;
  connections: BusConnections;
  clock: Clock;
  onError: (error: Error) => void;
}

/** Questions go over the bus; answers are notifications to the process that asked, so that nothing of them is stored. */
export class PostgresRequests extends Requests {
  readonly #channel = `repartee_answer_${randomBytes(8).toString('hex')}`;
  readonly #waiting = new Map<string, Answer>();
  #listening: Promise<pg.Client> | undefined;

  constructor(private readonly parts: PostgresRequestsParts) {
    super();
  }

  override async request(question: string, data: unknown, timeoutMs: number): Promise<Result<unknown>> {
    const id = newId();
    const asked: Question = {
      ...{ id, data: data ?? null, replyTo: this.#channel },
      until: this.parts.clock.now() + timeoutMs,
    };
    const answer = new Answer(timeoutMs);
    this.#waiting.set(id, answer);
    try {
      await this.#listen();
      const message = { type: ASK + question, subject: id, data: asked };
      await this.parts.database.transaction((tx) => this.parts.bus.publish(tx, [message]));
      return ok(await answer.whole);
    } catch (error) {
      await this.#withdraw(question, id);
      return fail(failure('BUS.NO_ANSWER', `${question}: ${describeError(error)}`));
    } finally {
      answer.end();
      this.#waiting.delete(id);
    }
  }

  override answer(question: string, answerer: Answerer): void {
    const handle = async ({ data }: CloudEvent) => {
      const asked = questionSchema.safeParse(data);
      if (!asked.success || asked.data.until < this.parts.clock.now()) return;
      const answer = await answerer(asked.data.data).then(ok, () => undefined);
      if (answer) await this.#send(asked.data, JSON.stringify(answer.value ?? null));
    };
    this.parts.strategy.addHandler(ASK + question, handle, true);
  }

  async close(): Promise<void> {
    const client = await this.#listening?.catch(() => undefined);
    this.#listening = undefined;
    await client?.end().catch(this.parts.onError);
  }

  async #send({ id, replyTo }: Question, answer: string): Promise<void> {
    const text = Buffer.from(answer).toString('base64');
    const count = Math.max(1, Math.ceil(text.length / PIECE));
    const pieces = Array.from(
      { length: count },
      (_, index) => `${id} ${index} ${count} ${text.slice(index * PIECE, (index + 1) * PIECE)}`,
    );
    await this.parts.connections.query('SELECT pg_notify($1, piece) FROM unnest($2::text[]) AS piece', [
      replyTo,
      pieces,
    ]);
  }

  /** A question that nobody took must not wait for somebody who comes too late: it may hold personal data. */
  async #withdraw(question: string, id: string): Promise<void> {
    await this.parts.connections
      .query(`DELETE FROM bus_message WHERE type = $1 AND lease IS NULL AND event->>'subject' = $2`, [
        ASK + question,
        id,
      ])
      .catch(this.parts.onError);
  }

  #listen(): Promise<pg.Client> {
    this.#listening ??= this.#connect().catch((error: unknown) => {
      this.#listening = undefined;
      throw error;
    });
    return this.#listening;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.parts.connections.config);
    client.on('error', this.parts.onError);
    client.on('end', () => (this.#listening = undefined));
    client.on('notification', ({ payload = '' }) => {
      const [id = '', index, count, piece = ''] = payload.split(' ');
      this.#waiting.get(id)?.take(Number(index), Number(count), piece);
    });
    await client.connect();
    await client.query(`LISTEN ${this.#channel}`);
    return client;
  }
}

/** An answer that comes in pieces, within its time. */
class Answer {
  readonly whole: Promise<unknown>;
  readonly #pieces = new Map<number, string>();
  #resolve: (value: unknown) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number) {
    this.whole = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    });
    // Whoever asks may have failed before.
    this.whole.catch(() => undefined);
  }

  take(index: number, count: number, piece: string): void {
    this.#pieces.set(index, piece);
    if (this.#pieces.size < count) return;
    const text = Array.from({ length: count }, (_, at) => this.#pieces.get(at) ?? '').join('');
    this.#resolve(JSON.parse(Buffer.from(text, 'base64').toString()));
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
