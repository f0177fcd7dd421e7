import { COUNTS } from './challenger.js';

/** Shares of the stake that the bettors put on each response; their mean capital counts. */
const BETS = [0.01, 0.03, 0.1, 0.3, 0.9] as const;
/** The chance, at most, that a contender that is no better ever takes a seat during one tenure. */
const LEVEL = 0.05;
/** Evidence at which the seat changes hands. */
export const ENOUGH = 1 / LEVEL;

export interface StoredSeat {
  champion: string;
  wagers: [contender: string, stakes: number[]][];
}

/**
 * Who speaks for one offer on one channel, to be looked at after every response.
 *
 * Each contender has a wager against the champion. Its bettors start with 1 and bet that the contender's loss is the smaller:
 * capital ·= 1 + bet·d, where d in [−1, 1] is by how much it is. Unless the contender is better the mean capital is a
 * supermartingale, and the chance that it *ever* reaches 1/α is at most α (Ville 1939; Waudby-Smith and Ramdas, "Estimating means of
 * bounded random variables by betting", JRSS B 86, 2024). With k contenders each needs k/α (Bonferroni), so however many there are
 * and however often they are looked at, one that is no better takes the seat with probability ≤ α. The counts are a contender
 * like the others: when they are better they speak again.
 */
export class Seat {
  champion = COUNTS;
  private wagers = new Map<string, number[]>();

  /**
   * @param predictions of all contenders, the champion among them
   * @param weight how much of an observation the response is, in (0, 1]
   * @returns whether the seat changed hands
   */
  observe(predictions: ReadonlyMap<string, number>, reward: number, weight: number): boolean {
    const held = predictions.get(this.champion);
    if (held === undefined) return false;
    const contenders = predictions.size - 1;
    let best = ENOUGH;
    let winner: string | null = null;
    for (const [contender, predicted] of predictions) {
      if (contender === this.champion) continue;
      const evidence = this.bet(contender, weight * advantageOf(predicted, held, reward)) / contenders;
      if (evidence >= best) [best, winner] = [evidence, contender];
    }
    if (winner === null) return false;
    this.champion = winner;
    this.wagers.clear();
    return true;
  }

  /** Evidence that a contender is better; at {@link ENOUGH} it takes the seat. */
  evidenceOf(contender: string, contenders: number): number {
    return capitalOf(this.wagers.get(contender) ?? [1]) / Math.max(1, contenders);
  }

  /** Contenders that are no more lose their wagers, and their seat to the counts. */
  dismiss(gone: ReadonlySet<string>): boolean {
    for (const contender of gone) this.wagers.delete(contender);
    if (!gone.has(this.champion)) return false;
    this.champion = COUNTS;
    this.wagers.clear();
    return true;
  }

  store(): StoredSeat {
    return { champion: this.champion, wagers: [...this.wagers].map(([key, stakes]) => [key, [...stakes]]) };
  }

  static restore({ champion, wagers }: StoredSeat): Seat {
    const seat = new Seat();
    seat.champion = champion;
    seat.wagers = new Map(wagers.map(([key, stakes]) => [key, [...stakes]]));
    return seat;
  }

  private bet(contender: string, gain: number): number {
    let stakes = this.wagers.get(contender);
    if (stakes === undefined) this.wagers.set(contender, (stakes = BETS.map(() => 1)));
    // A bettor that has lost nearly all could not come back within a lifetime.
    for (let at = 0; at < BETS.length; at += 1)
      stakes[at] = Math.max(1e-12, stakes[at]! * (1 + BETS[at]! * gain));
    return capitalOf(stakes);
  }
}

function capitalOf(stakes: readonly number[]): number {
  return stakes.reduce((sum, stake) => sum + stake, 0) / stakes.length;
}

/** Longest log loss that is told apart; the floor of a propensity. */
const LONGEST = Math.log(1000);

/** By how much smaller the log loss of one prediction is than another's, scaled to [−1, 1]. */
export function advantageOf(challenger: number, control: number, reward: number): number {
  const loss = (p: number) => -(reward * Math.log(p) + (1 - reward) * Math.log(1 - p));
  return Math.max(-1, Math.min(1, (loss(inside(control)) - loss(inside(challenger))) / LONGEST));
}

function inside(probability: number): number {
  return Math.min(0.999, Math.max(0.001, probability));
}
