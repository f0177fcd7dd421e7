import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import {
  type DecisionRequest,
  fail,
  failure,
  type Failure,
  ok,
  readDecisionRequest,
  type Result,
} from '@repartee/contracts';
import { Decisions } from '@repartee/decisioning';
import { type BodyLine, bodyLines, parseJson, problemDocument, resultOf, Turns } from '@repartee/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { Decide } from './decide.js';
import { GatherPeople } from './gather-people.js';
import type { PeopleSource } from './person-finder.js';

/** Questions whose people are read together, and whose answers leave together. */
const PORTION = 50;
/** The longest line, in bytes, and the most lines of one request. */
export const LONGEST_LINE = 256 * 1024;
const MOST_LINES = 1_000_000;
/** Batches under way at once in one process. */
const MOST_BATCHES = 4;
/** Between two looks whether others have been served. Milliseconds. */
const PAUSE = 5;

/** Decides for very many people: a line for each question, a line for each answer. */
@Injectable()
export class DecideBatch implements BeforeApplicationShutdown {
  private readonly logger = new Logger(DecideBatch.name);
  private underWay = 0;
  private stopping = false;

  constructor(
    @Inject(Decide) private readonly decide: Decide,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(GatherPeople) private readonly people: GatherPeople,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /** Fails with HTTP.TOO_MANY_REQUESTS; what goes wrong later is said in a line of its own. */
  begin(caller: Principal, body: AsyncIterable<Buffer>, gone: AbortSignal): Result<AsyncGenerator<string>> {
    if (this.underWay >= MOST_BATCHES)
      return fail(
        failure('HTTP.TOO_MANY_REQUESTS', `${MOST_BATCHES} batches are under way.`, { retryAfter: 5 }),
      );
    return ok(this.answers(caller, body, gone));
  }

  /** In the order of the questions. It reads no further than somebody takes its answers. */
  private async *answers(
    caller: Principal,
    body: AsyncIterable<Buffer>,
    gone: AbortSignal,
  ): AsyncGenerator<string> {
    this.underWay += 1;
    let index = 0;
    try {
      for await (const lines of bodyLines(body, LONGEST_LINE))
        for (let from = 0; from < lines.length; from += PORTION) {
          const refusal = await this.refusal(index, gone);
          if (refusal) {
            yield lineOf(index, fail(refusal));
            return;
          }
          const portion = lines.slice(from, from + PORTION);
          const answers = await this.portion(caller, portion);
          yield answers.map((answer, place) => lineOf(index + place, answer)).join('');
          index += portion.length;
        }
    } catch (error) {
      if (!gone.aborted) yield lineOf(index, fail(brokenBody(error)));
    } finally {
      this.underWay -= 1;
    }
  }

  /** Waits while too much is to be recorded. @returns why it does not go on, if so */
  private async refusal(index: number, gone: AbortSignal): Promise<Failure | undefined> {
    while (this.decisions.crowded && !gone.aborted && !this.stopping) await sleep(PAUSE);
    if (this.stopping || gone.aborted)
      return failure('HTTP.UNAVAILABLE', 'This process is stopping; go on from this line.', {
        retryAfter: 1,
      });
    if (index < MOST_LINES) return undefined;
    return failure('HTTP.PAYLOAD_TOO_LARGE', `A batch may have ${MOST_LINES} lines; go on from this one.`);
  }

  private async portion(caller: Principal, lines: readonly BodyLine[]): Promise<Result<object>[]> {
    const asked = lines.map(read);
    // Who brings events is looked for after those have shown.
    const people = await this.people.gather(
      asked.flatMap((one) => (one.ok && !one.value.events?.length ? [one.value] : [])),
    );
    const turns = new Turns();
    const answers: Promise<Result<object>>[] = [];
    for (const request of asked) {
      answers.push(request.ok ? this.answer(caller, request.value, people) : Promise.resolve(request));
      await turns.next();
    }
    return Promise.all(answers);
  }

  /** Never rejects: what goes wrong with one line must not end the others. */
  private async answer(
    caller: Principal,
    request: DecisionRequest,
    people: PeopleSource,
  ): Promise<Result<object>> {
    try {
      return await this.decide.decide(caller, request, request.events?.length ? undefined : people);
    } catch (error) {
      this.logger.error(error);
      return fail(failure('HTTP.INTERNAL', 'Something went wrong on our side'));
    }
  }
}

function read(line: BodyLine): Result<DecisionRequest> {
  if (line === null)
    return fail(failure('HTTP.PAYLOAD_TOO_LARGE', `the line is longer than ${LONGEST_LINE} bytes`));
  const value = parseJson(line);
  return value.ok ? resultOf(readDecisionRequest(value.value), 'line') : value;
}

function lineOf(index: number, answer: Result<object>): string {
  return `${JSON.stringify({ index, ...(answer.ok ? answer.value : problemDocument(answer.failure)) })}\n`;
}

function brokenBody(error: unknown): Failure {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const detail =
    code.startsWith('Z_') || code.startsWith('ERR_') ? 'the body cannot be decoded' : 'the body broke off';
  return failure('HTTP.MALFORMED_BODY', detail);
}
