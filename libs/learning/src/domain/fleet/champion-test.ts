/** Shares of the stake that the bettors put on each response; their mean capital counts. */
const BETS = [0.01, 0.03, 0.1, 0.3, 0.9] as const;

export interface StoredChampionTest {
  champion: boolean;
  forward: number[];
  backward: number[];
}

/**
 * Whether a challenger predicts better than what is in use, to be looked at after every response.
 *
 * Each bettor starts with 1 and bets that the challenger's loss is the smaller: capital ·= 1 + bet·d, where d in [−1, 1] is by how
 * much it is. Unless the challenger is better the mean capital is a supermartingale, and the chance that it *ever* reaches 1/α is
 * at most α (Ville 1939; Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86, 2024).
 * So however often it is looked at, a challenger that is no better is promoted with probability ≤ α. A second wager watches a
 * champion in the same way, and hands back to the control when that is better.
 */
export class ChampionTest {
  champion = false;
  private forward: number[] = BETS.map(() => 1);
  private backward: number[] = BETS.map(() => 1);

  constructor(private readonly level = 0.05) {}

  /**
   * @param advantage how much smaller the challenger's loss was, in [−1, 1]
   * @returns whether it changed places
   */
  observe(advantage: number): boolean {
    const stake = this.champion ? this.backward : this.forward;
    const gain = this.champion ? -advantage : advantage;
    let capital = 0;
    for (let at = 0; at < BETS.length; at += 1) {
      // A bettor that has lost nearly all could not come back within a lifetime.
      stake[at] = Math.max(1e-12, stake[at]! * (1 + BETS[at]! * gain));
      capital += stake[at]! / BETS.length;
    }
    if (capital < 1 / this.level) return false;
    this.champion = !this.champion;
    this.forward.fill(1);
    this.backward.fill(1);
    return true;
  }

  /** Capital of the wager under way: evidence that the places should change. */
  get evidence(): number {
    const stake = this.champion ? this.backward : this.forward;
    return stake.reduce((sum, each) => sum + each, 0) / BETS.length;
  }

  store(): StoredChampionTest {
    return { champion: this.champion, forward: [...this.forward], backward: [...this.backward] };
  }

  static restore({ champion, forward, backward }: StoredChampionTest): ChampionTest {
    const test = new ChampionTest();
    test.champion = champion;
    test.forward = [...forward];
    test.backward = [...backward];
    return test;
  }
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
