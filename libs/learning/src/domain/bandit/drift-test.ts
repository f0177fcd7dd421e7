/** State of a {@link DriftTest}: evidence for more and for fewer yes, and responses since the start. */
export type StoredDriftTest = [up: number, down: number, responses: number];

/**
 * Sees that yes comes `factor` times as often, or as seldom, as predicted (in odds). Each response multiplies the evidence by
 * its likelihood ratio against the prediction, and the evidence never falls below 1: Page's CUSUM ("Continuous inspection
 * schemes", Biometrika 41, 1954). Under a true prediction the ratio has mean 1 whatever the features, so the mean wait for a false
 * alarm is at least e^threshold (Shin, Ramdas and Rinaldo, "E-detectors", NEJSDS 2023).
 */
export class DriftTest {
  private up = 0;
  private down = 0;
  private responses = 0;

  /** Takes in a response; says whether the world has changed, and begins anew then. */
  observe(
    predicted: number,
    reward: number,
    weight: number,
    settings: { driftThreshold: number; driftFactor: number; driftMinimum: number },
  ): boolean {
    const { driftFactor: factor, driftThreshold, driftMinimum } = settings;
    const yes = reward * Math.log(factor);
    this.up = Math.max(0, this.up + weight * (yes - Math.log1p(predicted * (factor - 1))));
    this.down = Math.max(0, this.down + weight * (-yes - Math.log1p(predicted * (1 / factor - 1))));
    this.responses += 1;
    if (this.responses <= driftMinimum || Math.max(this.up, this.down) <= driftThreshold) return false;
    this.up = this.down = this.responses = 0;
    return true;
  }

  store(): StoredDriftTest {
    return [this.up, this.down, this.responses];
  }

  restore([up, down, responses]: StoredDriftTest): void {
    this.up = up;
    this.down = down;
    this.responses = responses;
  }
}
