import { fnv32a } from '@repartee/experiments/domain';
import type { CompiledOffer } from '../catalogue/index.js';

const DAY_MS = 86_400_000;

/**
 * The order of offers whose priorities are equal: for each person and day another, so that no offer gains by its name.
 * An offer's place is `mix(fnv32a(person + ":" + day) ^ fnv32a(key))`, lowest first, where day is the number of the day
 * since 1970 (UTC) and mix the finaliser of MurmurHash3 (Appleby). It follows from what a receipt holds.
 */
export class Ties {
  private seed: number | undefined;

  /** @param person profile or device; what stands for nobody in particular is seeded by the decision itself */
  constructor(
    private readonly person: string,
    private readonly now: number,
  ) {}

  /** Whether `a` goes before `b`. The key decides where hashes are the same. */
  before(a: CompiledOffer, b: CompiledOffer): boolean {
    this.seed ??= fnv32a(`${this.person}:${Math.floor(this.now / DAY_MS)}`);
    const [first, second] = [mix(this.seed ^ a.tie), mix(this.seed ^ b.tie)];
    return first === second ? a.index < b.index : first < second;
  }
}

/** One to one, so that two offers are the same only where their keys' hashes are. */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
