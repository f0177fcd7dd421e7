import { Injectable } from '@nestjs/common';

/** Tells this process's lanes that something came to be due. It only shortens their wait: they look by themselves too. */
@Injectable()
export class DispatchBell {
  private readonly listeners: (() => void)[] = [];

  ring(): void {
    for (const listener of this.listeners) listener();
  }

  onRing(listener: () => void): void {
    this.listeners.push(listener);
  }
}
