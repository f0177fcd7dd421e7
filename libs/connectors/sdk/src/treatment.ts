import type { CompiledContent, FailureDetail, Result } from '@repartee/contracts';
import type { z } from 'zod';

/** What templates may speak of: `profile`, `offer`, `context`, `links`, … */
export type TemplateData = Record<string, unknown>;

/** What a treatment costs to send, foretold from its compiled form. */
export interface Estimate {
  /** Bytes of the content before personal data are filled in. */
  bytes: number;
  /** Messages it takes: segments of an SMS, else 1. */
  parts: number;
  /** What those messages are written in, where that decides how much fits into one: `gsm-7`, `ucs-2`. */
  encoding?: string;
  /** What sending it to one person costs, where the settings name a price. */
  cost?: { amount: number; currency: string };
}

export interface CompileTools<Resources> {
  /** What the definition's `open` returned. */
  readonly resources: Resources;
  readonly signal: AbortSignal;
}

/**
 * What content a channel takes. Content is checked against `schema` and compiled when it is published, kept in its
 * compiled form (plain JSON), and rendered with a person's data when it is sent or shown.
 */
export interface Treatment<
  Content = unknown,
  Compiled extends CompiledContent = CompiledContent,
  Rendered = unknown,
  Resources = unknown,
> {
  schema: z.ZodType<Content>;
  /** Failures carry a JSON pointer into the content (`#/cta/url`), and line and column within that string. */
  compile(
    content: Content,
    tools: CompileTools<Resources>,
  ): Result<Compiled, FailureDetail[]> | Promise<Result<Compiled, FailureDetail[]>>;
  /** Pure, synchronous and cheap: decisions call it thousands of times a second. May throw {@link TemplateError}. */
  render(compiled: Compiled, data: TemplateData): Rendered;
  /** @param settings of the connector, where it is configured */
  estimate?(compiled: Compiled, settings?: Readonly<Record<string, unknown>>): Estimate;
}
