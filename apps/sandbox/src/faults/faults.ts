/** What goes wrong, and how often: shares from 0 to 1, but for `latency`, in milliseconds. */
export interface Faults {
  /** Each answer waits this long. */
  latency: number;
}

/** What goes wrong at a text provider. */
export interface TextFaults extends Faults {
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

export const NO_TEXT_FAULTS: Readonly<TextFaults> = {
  latency: 0,
  tooMany: 0,
  serverError: 0,
  hang: 0,
  silentAfterAccept: 0,
  duplicateCallbacks: 0,
  lateCallbacks: 0,
  lostCallbacks: 0,
};

/** What goes wrong at a mail server. */
export interface MailFaults extends Faults {
  /** 451: not now, and nothing is kept. */
  tryLater: number;
  /** 554: never, and nothing is kept. */
  serverError: number;
  /** No answer to the mail, and nothing is kept. */
  hang: number;
  /** The mail is kept, and the answer never comes. */
  silentAfterAccept: number;
}

export const NO_MAIL_FAULTS: Readonly<MailFaults> = {
  latency: 0,
  tryLater: 0,
  serverError: 0,
  hang: 0,
  silentAfterAccept: 0,
};

/** The faults in force, and the dice that apply them. */
export class FaultBox<F extends Faults> {
  private faults: F;

  constructor(
    none: Readonly<F>,
    private readonly random: () => number,
  ) {
    this.faults = { ...none };
  }

  get current(): F {
    return { ...this.faults };
  }

  /** Those not named stay as they are. */
  set(change: Partial<F>): void {
    this.faults = { ...this.faults, ...change };
  }

  get latency(): number {
    return this.faults.latency;
  }

  /** Whether it happens this time. */
  strikes(fault: Exclude<keyof F, 'latency'>): boolean {
    const share = Number(this.faults[fault]);
    return share > 0 && this.random() < share;
  }
}
