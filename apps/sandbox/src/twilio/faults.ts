/** What goes wrong, and how often: shares from 0 to 1, times in milliseconds. */
export interface Faults {
  /** Each answer waits this long. */
  latency: number;
  /** 429 with `Retry-After`. */
  tooMany: number;
  /** 500, and nothing is sent. */
  serverError: number;
  /** No answer, and nothing is sent. */
  hang: number;
  /** The message is sent, and the answer never comes. */
  silentAfterAccept: number;
  /** A status callback comes twice. */
  duplicateCallbacks: number;
  /** A status callback comes late, behind those that follow it. */
  lateCallbacks: number;
  /** A status callback never comes. */
  lostCallbacks: number;
}

export const NO_FAULTS: Readonly<Faults> = {
  latency: 0,
  tooMany: 0,
  serverError: 0,
  hang: 0,
  silentAfterAccept: 0,
  duplicateCallbacks: 0,
  lateCallbacks: 0,
  lostCallbacks: 0,
};

/** The faults in force, and the dice that apply them. */
export class FaultBox {
  private faults: Faults = { ...NO_FAULTS };

  constructor(private readonly random: () => number) {}

  get current(): Faults {
    return { ...this.faults };
  }

  /** Those not named stay as they are. */
  set(change: Partial<Faults>): void {
    this.faults = { ...this.faults, ...change };
  }

  get latency(): number {
    return this.faults.latency;
  }

  /** Whether it happens this time. */
  strikes(fault: Exclude<keyof Faults, 'latency'>): boolean {
    return this.faults[fault] > 0 && this.random() < this.faults[fault];
  }
}
