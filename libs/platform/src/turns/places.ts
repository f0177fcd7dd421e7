/** So many pieces of work at a time; whoever comes beyond waits in line, for a while or for as long as it takes. */
export class Places {
  private readonly line: (() => void)[] = [];

  constructor(private count: number) {}

  get free(): number {
    return this.count;
  }

  /** Takes so many of those that are free. */
  take(count: number): void {
    this.count -= count;
  }

  /**
   * Takes a place, to be given back.
   * @param patience milliseconds; no end unless told
   * @returns true: there was one. Else whether one came free in time
   */
  acquire(patience = Infinity): true | Promise<boolean> {
    if (this.count > 0) {
      this.count -= 1;
      return true;
    }
    return new Promise((resolve) => {
      const turn = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const leave = () => {
        this.line.splice(this.line.indexOf(turn), 1);
        resolve(false);
      };
      const timer = patience === Infinity ? undefined : setTimeout(leave, patience);
      this.line.push(turn);
    });
  }

  /** Gives places back; those who wait in line have them first. */
  release(count = 1): void {
    for (let released = 0; released < count; released += 1) {
      const next = this.line.shift();
      if (next) next();
      else this.count += 1;
    }
  }
}
