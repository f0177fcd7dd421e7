import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type checkAnswerSchema,
  type compileAnswerSchema,
  compileQuestionSchema,
  type eventAnswerSchema,
  eventQuestionSchema,
  type Failure,
  type forgetAnswerSchema,
  forgetQuestionSchema,
  type pollAnswerSchema,
  pollQuestionSchema,
  type renderAnswerSchema,
  renderQuestionSchema,
  type webhookAnswerSchema,
  webhookQuestionSchema,
} from '@repartee/contracts';
import { Requests } from '@repartee/platform';
import type { z } from 'zod';
import { ConnectorHost } from '../connector-host.js';
import { ConnectorReports } from '../connector-reports.js';

/** Answers what the core asks of the connectors of this process. */
@Injectable()
export class ConnectorAnswers implements OnModuleInit {
  constructor(
    @Inject(ConnectorHost) private readonly host: ConnectorHost,
    @Inject(ConnectorReports) private readonly reports: ConnectorReports,
    @Inject(Requests) private readonly requests: Requests,
  ) {}

  onModuleInit(): void {
    const calls: Record<string, (name: string, data: unknown) => Promise<unknown>> = {
      receive: (name, data) => this.receive(name, data),
      poll: (name, data) => this.poll(name, data),
      compile: (name, data) => this.compile(name, data),
      render: (name, data) => this.render(name, data),
      checkSettings: (name) => this.check(name),
      forget: (name, data) => this.forget(name, data),
      onEvent: (name, data) => this.hear(name, data),
    };
    for (const { name } of this.host.describe())
      for (const [call, answer] of Object.entries(calls))
        this.requests.answer(`connector.${name}.${call}`, (data) =>
          answer(name, data).catch((error: unknown) => refusal(wordsOf(error))),
        );
  }

  private async receive(name: string, data: unknown): Promise<z.input<typeof webhookAnswerSchema>> {
    const { request } = webhookQuestionSchema.parse(data);
    const raw = { ...request, body: Buffer.from(request.body, 'base64') };
    const heard = await this.reports.receive(name, raw);
    if (!heard.ok) return refused(heard.failure);
    return heard.value.verified ? { ...heard.value, facts: [...heard.value.facts] } : heard.value;
  }

  private async poll(name: string, data: unknown): Promise<z.input<typeof pollAnswerSchema>> {
    return this.reports.poll(name, pollQuestionSchema.parse(data).cursor);
  }

  private async compile(name: string, data: unknown): Promise<z.input<typeof compileAnswerSchema>> {
    const compiled = await this.host.compileBy(name, compileQuestionSchema.parse(data).content);
    return compiled.ok ? { compiled: compiled.value } : refused(compiled.failure);
  }

  private async render(name: string, data: unknown): Promise<z.input<typeof renderAnswerSchema>> {
    const { content, data: words } = renderQuestionSchema.parse(data);
    const rendered = this.host.runner(name)?.definition.treatment?.render(content, words);
    return { rendered: rendered ?? null };
  }

  private async check(name: string): Promise<z.input<typeof checkAnswerSchema>> {
    const checked = await this.host.checkSettings(name);
    return checked.ok ? { works: true } : refused(checked.failure);
  }

  private async hear(name: string, data: unknown): Promise<z.input<typeof eventAnswerSchema>> {
    return { outcome: await this.host.hear(name, eventQuestionSchema.parse(data).event) };
  }

  private async forget(name: string, data: unknown): Promise<z.input<typeof forgetAnswerSchema>> {
    const { subject } = forgetQuestionSchema.parse(data);
    const [answer] = await this.host.forget(subject, (connector) => connector === name);
    return answer?.status === 'done' ? { forgotten: true } : refusal(answer?.detail ?? 'it cannot forget');
  }
}

function refused({ detail = 'it failed', errors }: Failure) {
  return { error: { detail, ...(errors && { errors }) } };
}

function refusal(detail: string) {
  return { error: { detail } };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
