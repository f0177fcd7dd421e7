/** What one loop sleeps on: it can be rung, and a ring that comes too early is not lost. */
export class Bell {
  private rung = false;
  private wake: (() => void) | undefined;

  ring(): void {
    if (this.wake) this.wake();
    else this.rung = true;
  }

  /** Sleeps for so many milliseconds or until rung. Returns whether it was rung. */
  wait(milliseconds: number): Promise<boolean> {
    if (this.rung) {
      this.rung = false;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const finish = (rung: boolean) => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve(rung);
      };
      const timer = setTimeout(() => finish(false), milliseconds);
      this.wake = () => finish(true);
    });
  }
}
