import { Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { AuditLog } from '@repartee/governance';
import { Clock } from '@repartee/platform';
import { normalizeEmail, subscriberOf, THROTTLES } from '../../domain/index.js';
import { AccountStore, type StoredAccount } from '../../persistence/people/account-store.js';
import { type Bucket, TryStore } from '../../persistence/people/try-store.js';
import { digestOf } from '../new-secret.js';
import { KnownBrowsers } from './known-browsers.js';
import { PasswordHasher } from './password-hasher.js';
import { PersonSessions, type From, type OpenedSession } from './person-sessions.js';

/** What somebody types, and what their browser brings along. */
export interface Credentials {
  email: string;
  password: string;
  from: From;
  /** The token of a browser in which somebody signed in before. */
  device?: string;
  /** The session that the browser has, which ends. */
  session?: string;
}

/** Signing in with address and password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly accounts: AccountStore,
    private readonly tries: TryStore,
    private readonly hasher: PasswordHasher,
    private readonly sessions: PersonSessions,
    private readonly browsers: KnownBrowsers,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The answers are the same whether there is such an account or not, and so is the time they take. */
  async withPassword(credentials: Credentials): Promise<Result<OpenedSession & { device: string }>> {
    const { password, from } = credentials;
    const typed = credentials.email.normalize('NFKC').trim().toLowerCase();
    const email = normalizeEmail(credentials.email);
    const account = email === undefined ? undefined : await this.accounts.byEmail(email);
    const device = account && this.browsers.read(credentials.device, account.id);
    const buckets = bucketsOf(typed, from.address, device);
    const wait = await this.tries.charge(buckets.all, this.clock.now());
    if (wait > 0) return tooMany(wait);
    const active = account?.disabledAt === null ? account : undefined;
    const verified = await this.hasher.verify(active?.passwordHash ?? null, password);
    if (!verified.ok) {
      await this.tries.takeBack(buckets.all.map(({ key }) => key));
      return verified;
    }
    if (!active || !verified.value) return this.refused(account, from);
    await this.tries.succeed(buckets.own, buckets.shared);
    await this.keepUpToDate(active, password);
    const opened = await this.sessions.open(active, from, { before: credentials.session });
    this.note('sign-in', active.id, from, { with: 'password' });
    return ok({ ...opened, device: this.browsers.issue(active.id, device) });
  }

  private refused(account: StoredAccount | undefined, from: From): Result<never> {
    // What was typed is not kept: it may be a password in the wrong field.
    this.note('sign-in-refused', account?.id ?? 'unknown', from, {
      why: account === undefined ? 'no account' : account.disabledAt ? 'disabled' : 'password',
    });
    return fail(failure('ACCESS.SIGN_IN_FAILED', 'The address or the password is not right'));
  }

  private async keepUpToDate(account: StoredAccount, password: string): Promise<void> {
    if (account.passwordHash === null || !this.hasher.isOutdated(account.passwordHash)) return;
    const fresh = await this.hasher.hash(password);
    if (fresh.ok) await this.accounts.rehash(account.id, account.passwordHash, fresh.value);
  }

  private note(action: 'sign-in' | 'sign-in-refused', id: string, from: From, detail: object): void {
    const address = subscriberOf(from.address);
    this.audit.note({
      actor: action === 'sign-in' ? `account:${id}` : 'nobody',
      action,
      subject: `account/${id}`,
      detail: { ...detail, address },
    });
  }
}

function bucketsOf(email: string, address: string, device: string | undefined) {
  const bucket = (kind: keyof typeof THROTTLES, value: string): Bucket => ({
    key: digestOf(`${kind} ${value}`),
    rule: THROTTLES[kind],
  });
  if (device !== undefined) {
    const own = bucket('device', device);
    return { all: [own], own: [own.key], shared: [] };
  }
  const subscriber = subscriberOf(address);
  const pair = bucket('pair', `${subscriber} ${email}`);
  const shared = [bucket('address', subscriber), bucket('account', email)];
  return { all: [pair, ...shared], own: [pair.key], shared: shared.map(({ key }) => key) };
}

/** The same for every account, and for those that are none. */
export function tooMany(wait: number): Result<never> {
  const seconds = Math.ceil(wait / 1000);
  const said = seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return fail(
    failure('ACCESS.TOO_MANY_TRIES', `Too many tries went wrong. Try again in ${said}.`, {
      retryAfter: seconds,
      extra: { retryAfterSeconds: seconds },
    }),
  );
}
