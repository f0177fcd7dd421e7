/** Why something did not work: the hub's own words and code, or status 0 when it could not be reached. */
export class KioskError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly code = '',
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'KioskError';
  }

  /** Whether the hub is out of reach, or too busy: what was asked may be asked again later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}
