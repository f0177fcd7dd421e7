/** RFC 9457, as the hub answers. */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail?: string;
  errors?: { pointer: string; detail?: string }[];
}

/** The hub refused, and says why. */
export class ApiError extends Error {
  override name = 'ApiError';
  /** Stable, `SCOPE.CODE`; `HTTP.<status>` where somebody between us and the hub answered. */
  readonly code: string;
  readonly status: number;

  constructor(
    readonly problem: Problem,
    /** Everything the answer said: some codes bring more, as `candidates`. */
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(problem.detail ?? problem.title);
    this.code = problem.code;
    this.status = problem.status;
  }
}

/** Whether asking again may help: the hub was busy, or the way to it was broken. */
export function mayPass(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status >= 500 || error.status === 429;
}

/** Reads a refusal, of whatever shape. */
export function apiErrorOf(status: number, body: unknown): ApiError {
  const told = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  return new ApiError(
    {
      ...told,
      status,
      code: told.code ?? `HTTP.${status}`,
      title: told.title ?? `The answer was ${status}`,
    },
    told as Record<string, unknown>,
  );
}
