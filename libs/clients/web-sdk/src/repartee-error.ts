/** A problem document (RFC 9457) of the hub. */
export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  [field: string]: unknown;
}

/** The hub refused, or could not be reached (`status` 0). */
export class ReparteeError extends Error {
  override readonly name = 'ReparteeError';

  constructor(
    message: string,
    /** HTTP status, 0 when there was no answer. */
    readonly status: number,
    readonly problem: Problem = {},
    /** Milliseconds the hub asked us to wait. */
    readonly retryAfter?: number,
    cause?: unknown,
  ) {
    super(message, { cause });
  }

  /** `SCOPE.CODE` of the problem document. */
  get code(): string | undefined {
    return this.problem.code;
  }

  /** True when the same request may succeed later. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}
