const HIDDEN = '[secret]';

/** Takes the values of secret settings out of texts, also in the encodings in which protocols carry them. */
export class SecretRedactor {
  readonly #needles: string[];

  constructor(secrets: readonly string[]) {
    const forms = secrets
      .filter((secret) => secret.length > 0)
      .flatMap((secret) => [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      ]);
    // Longest first, so that no secret survives because a shorter one was cut out of it.
    this.#needles = [...new Set(forms)].sort((a, b) => b.length - a.length);
  }

  text(value: string): string {
    return this.#needles.reduce((text, needle) => text.replaceAll(needle, HIDDEN), value);
  }

  /** A copy of plain data with every string cleaned. */
  fields(value: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#clean(item, 0)]));
  }

  #clean(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.text(value);
    if (value instanceof Error) return this.text(`${value.name}: ${value.message}`);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > 5) return '[…]';
    if (Array.isArray(value)) return value.map((item) => this.#clean(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.#clean(item, depth + 1)]),
    );
  }
}
