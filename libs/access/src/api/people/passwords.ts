import { Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { AuditLog } from '@repartee/governance';
import { Clock, type Transaction } from '@repartee/platform';
import { flawOfPassword, THROTTLES } from '../../domain/index.js';
import { AccountStore, type StoredAccount } from '../../persistence/people/account-store.js';
import { PersonSessionStore } from '../../persistence/people/session-store.js';
import { TryStore } from '../../persistence/people/try-store.js';
import { digestOf } from '../new-secret.js';
import { PasswordHasher } from './password-hasher.js';
import type { PersonCaller } from './person-sessions.js';
import { tooMany } from './sign-in.js';

/** Setting passwords: with the one before, or with a link. */
@Injectable()
export class Passwords {
  constructor(
    private readonly accounts: AccountStore,
    private readonly sessions: PersonSessionStore,
    private readonly tries: TryStore,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Signs out everywhere else. Guesses of the present password are counted as those at the door are. */
  async change(
    { principal: { keyId, person } }: PersonCaller,
    current: string,
    next: string,
  ): Promise<Result<void>> {
    const account = await this.accounts.byId(person.accountId);
    if (!account) return fail(failure('ACCESS.ACCOUNT_NOT_FOUND', 'Your account is gone'));
    const key = digestOf(`change ${account.id}`);
    const wait = await this.tries.charge([{ key, rule: THROTTLES.pair }], this.clock.now());
    if (wait > 0) return tooMany(wait);
    const same = await this.hasher.verify(account.passwordHash, current);
    if (!same.ok) {
      await this.tries.takeBack([key]);
      return same;
    }
    if (!same.value) return fail(failure('ACCESS.SIGN_IN_FAILED', 'The present password is not right'));
    await this.tries.succeed([key], []);
    return this.set(account, next, keyId, person.sessionId);
  }

  /** Whose link it is, for the page that asks for the password. */
  async ofLink(token: string): Promise<Result<StoredAccount>> {
    const account = await this.accounts.ofLink(digestOf(token), new Date(this.clock.now()));
    return account ? ok(account) : voidLink();
  }

  /** Signs out everywhere: whoever held the account before is out. A weak password leaves the link good. */
  async redeem(token: string, next: string): Promise<Result<void>> {
    const account = await this.ofLink(token);
    if (!account.ok) return account;
    return this.set(account.value, next, `account:${account.value.id}`, null, digestOf(token));
  }

  private async set(
    account: StoredAccount,
    next: string,
    actor: string,
    spared: string | null,
    link?: string,
  ): Promise<Result<void>> {
    const flaw = flawOfPassword(next, [account.email.split('@')[0] ?? '', account.name]);
    if (flaw !== undefined) return fail(failure('ACCESS.PASSWORD_WEAK', `A password ${flaw}`));
    const hash = await this.hasher.hash(next);
    if (!hash.ok) return hash;
    const now = new Date(this.clock.now());
    await this.audit.prepare();
    return this.accounts.change(async (tx) => {
      if (link !== undefined && !(await this.accounts.ofLink(link, now, tx))) return voidLink();
      await this.accounts.setPassword(tx, account.id, hash.value, now);
      await this.sessions.endAll(account.id, spared, tx);
      await this.note(tx, actor, account.id, link === undefined ? 'change' : 'link');
      return ok(undefined);
    });
  }

  private note(tx: Transaction, actor: string, id: string, how: string): Promise<void> {
    return this.audit.record(tx, [
      { actor, action: 'configure', subject: `account/${id}`, detail: { password: how } },
    ]);
  }
}

function voidLink(): Result<never> {
  return fail(failure('ACCESS.LINK_INVALID', 'Ask an administrator for a new link'));
}
