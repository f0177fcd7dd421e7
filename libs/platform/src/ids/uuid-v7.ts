import { randomFillSync, randomInt } from 'node:crypto';

const POOL_BYTES = 4096;
/** Hexadecimal digits of one id that are random: rand_b, whose first one holds the variant. */
const TAIL = 16;
/** The first digit of rand_b: two bits of the variant (10) and two that are random. */
const VARIANT: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 16 }, (_, digit) => [digit.toString(16), (8 | (digit & 3)).toString(16)]),
);

/**
 * Makes UUIDv7 (RFC 9562, 5.7). Within one millisecond, and when the clock steps back, a counter in rand_a keeps later
 * ids sorting after earlier ones (6.2, method 1); it begins at random in its lower half and carries into the timestamp.
 */
export class UuidV7 {
  private readonly bytes = Buffer.allocUnsafe(POOL_BYTES);
  /** Random digits: of all bytes at once, as a call for each id would cost more than the rest of it. */
  private pool = '';
  private used = 0;
  private timestamp = 0;
  private time = '';
  private counter = 0;

  /** @param now milliseconds since the epoch */
  next(now: number): string {
    this.tick(now);
    if (this.used >= this.pool.length) this.fill();
    const { pool, used } = this;
    this.used += TAIL;
    const variant = VARIANT[pool.charAt(used)];
    // In pieces of under 13 characters, which V8 copies: a longer one would keep the whole pool alive.
    return `${this.time}${(0x7000 | this.counter).toString(16)}-${variant}${pool.slice(used + 1, used + 4)}-${pool.slice(used + 4, used + TAIL)}`;
  }

  private tick(now: number): void {
    if (now > this.timestamp) {
      this.begin(now);
      this.counter = randomInt(0x800);
    } else if (this.counter < 0xfff) {
      this.counter += 1;
    } else {
      this.begin(this.timestamp + 1);
      this.counter = 0;
    }
  }

  private begin(timestamp: number): void {
    this.timestamp = timestamp;
    const digits = timestamp.toString(16).padStart(12, '0');
    this.time = `${digits.slice(0, 8)}-${digits.slice(8)}-`;
  }

  private fill(): void {
    this.pool = randomFillSync(this.bytes).toString('hex');
    this.used = 0;
  }
}
