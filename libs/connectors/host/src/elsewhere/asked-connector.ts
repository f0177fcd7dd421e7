import { type PolledFacts, type RawRequest, rejected, type Subject } from '@repartee/connector-sdk';
import {
  checkAnswerSchema,
  compileAnswerSchema,
  eventAnswerSchema,
  fail,
  failure,
  forgetAnswerSchema,
  ok,
  pollAnswerSchema,
  WEBHOOK_WITHIN,
  webhookAnswerSchema,
  type CompiledContent,
  type FailureDetail,
  type HeardEvent,
  type Outcome,
  type Result,
} from '@repartee/contracts';
import type { Requests } from '@repartee/platform';
import type { z } from 'zod';
import type { HeardWebhook } from '../hear-webhook.js';

/** Milliseconds a process has to compile content before somebody else does it. */
const COMPILE_WITHIN = 10_000;
/** Milliseconds to say that it runs and that its settings work. */
const CHECK_WITHIN = 5_000;

/** A connector that runs in processes of its own, asked by request and reply. */
export class AskedConnector {
  /** @param timeLimit milliseconds in which it ends a call */
  constructor(
    private readonly name: string,
    private readonly requests: Requests,
    private readonly timeLimit: number,
  ) {}

  async receive({ body, ...request }: RawRequest): Promise<Result<HeardWebhook>> {
    const question = { request: { ...request, body: Buffer.from(body).toString('base64') } };
    const answer = await this.ask('receive', webhookAnswerSchema, question, WEBHOOK_WITHIN);
    if (!answer.ok) return answer;
    return 'error' in answer.value
      ? fail(failure('CONNECTOR.WEBHOOK_UNREADABLE', `${this.name}: ${answer.value.error.detail}`))
      : ok(answer.value);
  }

  /** @returns undefined where nobody answers */
  async compile(content: unknown): Promise<Result<CompiledContent, FailureDetail[]> | undefined> {
    const answer = await this.ask('compile', compileAnswerSchema, { content }, COMPILE_WITHIN);
    if (!answer.ok) return undefined;
    if ('compiled' in answer.value) return ok(answer.value.compiled);
    const { detail, errors } = answer.value.error;
    return fail(errors && errors.length > 0 ? errors : [{ pointer: '#', detail }]);
  }

  /** @throws why it could not */
  async poll(cursor: string | undefined): Promise<PolledFacts> {
    const question = cursor === undefined ? {} : { cursor };
    return this.demand('poll', pollAnswerSchema, question) as Promise<PolledFacts>;
  }

  /** @throws why it does not work */
  async checkSettings(): Promise<void> {
    await this.demand('checkSettings', checkAnswerSchema, {}, CHECK_WITHIN);
  }

  /** @throws why it could not */
  async forget(subject: Subject): Promise<void> {
    await this.demand('forget', forgetAnswerSchema, { subject });
  }

  /** @throws why nobody can tell whether it was heard */
  async hear(event: HeardEvent): Promise<Outcome> {
    const answer = await this.ask('onEvent', eventAnswerSchema, { event }, this.timeLimit);
    // Nobody may have heard the question, or nobody lived to answer it: it is told again in either case.
    if (!answer.ok)
      return rejected('CONNECTOR.UNREACHABLE', { retryable: true, detail: answer.failure.detail });
    if ('error' in answer.value) throw new Error(answer.value.error.detail);
    return answer.value.outcome;
  }

  private async demand<S extends z.ZodType>(
    call: string,
    schema: S,
    question: unknown,
    within = this.timeLimit,
  ): Promise<Exclude<z.output<S>, { error: unknown }>> {
    const answer = await this.ask(call, schema, question, within);
    if (!answer.ok) throw new Error(answer.failure.detail);
    const value = answer.value as z.output<S> & object;
    if ('error' in value) throw new Error((value.error as { detail: string }).detail);
    return value as Exclude<z.output<S>, { error: unknown }>;
  }

  private async ask<S extends z.ZodType>(
    call: string,
    schema: S,
    question: unknown,
    within: number,
  ): Promise<Result<z.output<S>>> {
    const answer = await this.requests.request(`connector.${this.name}.${call}`, question, within);
    if (!answer.ok)
      return fail(
        failure('CONNECTOR.UNREACHABLE', `${this.name}: no process answers (${answer.failure.detail})`),
      );
    const parsed = schema.safeParse(answer.value);
    return parsed.success
      ? ok(parsed.data)
      : fail(failure('CONNECTOR.UNREACHABLE', `${this.name}: its answer to ${call} is none`));
  }
}
