import { randomFillSync, randomInt } from 'node:crypto';

const POOL_BYTES = 4096;
/** Random bytes of one id: the 62 bits of rand_b. */
const TAIL_BYTES = 8;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Makes UUIDv7 (RFC 9562, 5.7). Within one millisecond, and when the clock steps back, a counter in rand_a keeps later
 * ids sorting after earlier ones (6.2, method 1); it begins at random in its lower half and carries into the timestamp.
 */
export class UuidV7 {
  private readonly pool = Buffer.allocUnsafe(POOL_BYTES);
  private used = POOL_BYTES;
  private timestamp = 0;
  private counter = 0;

  /** @param now milliseconds since the epoch */
  next(now: number): string {
    this.tick(now);
    const { timestamp, counter } = this;
    const time = timestamp.toString(16).padStart(12, '0');
    const head = (0x7000 | counter).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-${head}-${this.tail()}`;
  }

  private tick(now: number): void {
    if (now > this.timestamp) {
      this.timestamp = now;
      this.counter = randomInt(0x800);
    } else if (this.counter < 0xfff) {
      this.counter += 1;
    } else {
      this.timestamp += 1;
      this.counter = 0;
    }
  }

  private tail(): string {
    if (this.used + TAIL_BYTES > POOL_BYTES) {
      randomFillSync(this.pool);
      this.used = 0;
    }
    const { pool, used } = this;
    this.used += TAIL_BYTES;
    const byte = (offset: number) => HEX[pool[used + offset] ?? 0];
    const variant = HEX[0x80 | ((pool[used] ?? 0) & 0x3f)];
    return `${variant}${byte(1)}-${byte(2)}${byte(3)}${byte(4)}${byte(5)}${byte(6)}${byte(7)}`;
  }
}
