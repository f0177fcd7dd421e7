import { Inject, Injectable } from '@nestjs/common';
import { Clock, Housekeeping } from '@repartee/platform';
import { CapStore } from '../persistence/index.js';

const HOUR_MS = 3_600_000;

/** Keeps the table of reservations small. */
@Injectable()
export class CapKeeper {
  constructor(
    @Inject(Housekeeping) housekeeping: Housekeeping,
    @Inject(CapStore) store: CapStore,
    @Inject(Clock) clock: Clock,
  ) {
    housekeeping.every(HOUR_MS, 'settled reservations', () => store.tidy(clock.now()));
  }
}
