const HIDDEN = '[secret]';
/** Characters of Base64 below which what is left of a secret would match by chance. */
const MIN_ENCODED = 8;

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
        ...encodedWithin(secret),
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

/**
 * What Base64 makes of a secret wherever it stands in a longer text, as in HTTP Basic or SASL PLAIN: three octets
 * become four characters, so there are three ways; characters that depend on the neighbours are left off.
 */
function encodedWithin(secret: string): string[] {
  return [0, 1, 2]
    .map((before) => {
      const octets = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
      const whole = octets.subarray(0, octets.length - (octets.length % 3)).toString('base64');
      return before === 0 ? whole : whole.slice(before + 1);
    })
    .filter((encoded) => encoded.length >= MIN_ENCODED);
}
