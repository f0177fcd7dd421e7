import { Injectable } from '@nestjs/common';

/** Tells this process that a call changed, so that a desk hears of it at once. Whoever listens looks by itself too: another process does not ring here. */
@Injectable()
export class CallBell {
  private readonly listeners: (() => void)[] = [];

  ring(): void {
    for (const listener of this.listeners) listener();
  }

  onRing(listener: () => void): void {
    this.listeners.push(listener);
  }
}
