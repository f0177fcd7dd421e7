import { Injectable } from '@nestjs/common';

/** Business time. Everything that reasons about time asks this, so that time can be moved. */
export abstract class Clock {
  /** Milliseconds since the Unix epoch. */
  abstract now(): number;
}

@Injectable()
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
