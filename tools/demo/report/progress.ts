/** Where lines go: standard output, or a test's list. */
export interface Screen {
  /** A line can be written over. */
  moving: boolean;
  columns: number;
  write(text: string): void;
}

/** How far a piece of work is. */
export interface Stand {
  label: string;
  done: number;
  total: number;
  /** Since the work began. */
  milliseconds: number;
  /** What happens just now. */
  note?: string;
}

const TURN_MS = 100;
/** Where lines cannot move, one every few seconds is enough. */
const LINE_MS = 3_000;

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
export const count = (value: number) => grouped.format(value);

/** `Purchases  12,500 of 69,659 (18 %)  3,125/s  18 s left  note` */
export function describeStand({ label, done, total, milliseconds, note }: Stand): string {
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  const rate = milliseconds > 0 ? (1000 * done) / milliseconds : 0;
  const left = rate > 0 && done < total ? `  ${Math.ceil((total - done) / rate)} s left` : '';
  const said = note ? `  ${note}` : '';
  return `${label}  ${count(done)} of ${count(total)} (${percent} %)  ${count(rate)}/s${left}${said}`;
}

/** Shows how pieces of work go on: one moving line on a terminal, else a line every few seconds. */
export class Progress {
  constructor(
    private readonly screen: Screen,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** A line that stays. */
  say(line: string): void {
    this.screen.write(`${this.screen.moving ? '\r\x1b[K' : ''}${line}\n`);
  }

  /** Runs `work`, which says how far it is, and leaves one line behind. */
  async follow<T>(
    label: string,
    total: number,
    work: (advance: (done: number, note?: string) => void) => Promise<T>,
  ): Promise<T> {
    const began = this.now();
    let done = 0;
    let note: string | undefined;
    const stand = (): Stand => ({
      label,
      done,
      total,
      milliseconds: this.now() - began,
      ...(note !== undefined && { note }),
    });
    const { moving } = this.screen;
    const timer = setInterval(() => this.show(describeStand(stand())), moving ? TURN_MS : LINE_MS);
    try {
      return await work((reached, saying) => {
        done = reached;
        note = saying ?? note;
      });
    } finally {
      clearInterval(timer);
      note = undefined;
      const seconds = (this.now() - began) / 1000;
      this.say(`${describeStand(stand())}  in ${seconds.toFixed(1)} s`);
    }
  }

  private show(line: string): void {
    if (!this.screen.moving) return this.screen.write(`  ${line}\n`);
    this.screen.write(`\r\x1b[K${line.slice(0, this.screen.columns - 1)}`);
  }
}
