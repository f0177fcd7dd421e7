import type { CapStore } from '../persistence/index.js';
import type { CapClaim } from '../domain/index.js';

/**
 * Counters of hard caps as they stand, for decisions of which nothing comes: what those take is counted here, and
 * nowhere else.
 */
export class VirtualCaps {
  private readonly used = new Map<string, number>();

  constructor(
    private readonly store: CapStore,
    private readonly now: number,
  ) {}

  /** Takes all that is claimed, or nothing. @returns the cap that leaves no room, or null */
  async take(claims: readonly CapClaim[]): Promise<string | null> {
    const [full] = await this.full(claims);
    if (full !== undefined) return full;
    this.add(claims, 1);
    return null;
  }

  /** Those of the caps that leave no room. Takes nothing. */
  async full(claims: readonly CapClaim[]): Promise<string[]> {
    await this.look(claims.filter((claim) => !this.used.has(keyOf(claim))));
    const full = claims.filter((claim) => this.usedOf(claim) + claim.amount > claim.limit);
    return full.map(({ cap }) => cap).sort();
  }

  giveBack(claims: readonly CapClaim[]): void {
    this.add(claims, -1);
  }

  private add(claims: readonly CapClaim[], sign: 1 | -1): void {
    for (const claim of claims) this.used.set(keyOf(claim), this.usedOf(claim) + sign * claim.amount);
  }

  private usedOf(claim: CapClaim): number {
    return this.used.get(keyOf(claim)) ?? 0;
  }

  private async look(claims: readonly CapClaim[]): Promise<void> {
    if (claims.length === 0) return;
    const found = await this.store.standingOf(claims, this.now);
    claims.forEach((claim, index) => this.used.set(keyOf(claim), found[index]?.used ?? 0));
  }
}

function keyOf({ cap, person, bucket }: CapClaim): string {
  return JSON.stringify([cap, person, bucket]);
}
