import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, Housekeeping } from '@repartee/platform';
import { ABSOLUTE_LIFETIME_MS, IDLE_LIFETIME_MS, THROTTLES } from '../../domain/index.js';
import { AccountStore } from '../../persistence/people/account-store.js';
import { OidcFlowStore } from '../../persistence/people/oidc-flow-store.js';
import { PersonSessionStore } from '../../persistence/people/session-store.js';
import { TryStore } from '../../persistence/people/try-store.js';

const EVERY = 10 * 60_000;
const FORGET_AFTER = Math.max(...Object.values(THROTTLES).map(({ forgetAfter }) => forgetAfter));

/** Removes sessions that are over, links that are too old, and failures that would be forgotten anyway. */
@Injectable()
export class SignInSweep implements OnApplicationBootstrap {
  constructor(
    private readonly accounts: AccountStore,
    private readonly sessions: PersonSessionStore,
    private readonly tries: TryStore,
    private readonly flows: OidcFlowStore,
    private readonly housekeeping: Housekeeping,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.housekeeping.every(EVERY, 'the sweep of sessions', () => this.sweep());
  }

  async sweep(): Promise<void> {
    const now = this.clock.now();
    const before = (age: number) => new Date(now - age);
    await this.sessions.sweep(before(ABSOLUTE_LIFETIME_MS), before(IDLE_LIFETIME_MS));
    await this.accounts.sweepLinks(new Date(now));
    await this.flows.sweep(new Date(now));
    await this.tries.sweep(before(FORGET_AFTER));
  }
}
