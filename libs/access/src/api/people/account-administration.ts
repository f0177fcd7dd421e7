import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { AuditLog } from '@repartee/governance';
import { Clock, CONFIG, newId, type Config, type Transaction } from '@repartee/platform';
import { randomBytes } from 'node:crypto';
import { SECRET_BYTES, type Role } from '../../domain/index.js';
import type { LinkPurpose } from '../../persistence/people/account-link.entity.js';
import { AccountStore, type StoredAccount } from '../../persistence/people/account-store.js';
import { PersonSessionStore } from '../../persistence/people/session-store.js';
import { digestOf } from '../new-secret.js';
import type { NewAccount } from './people-schemas.js';
import { accountView, type AccountView } from './people-views.js';

/** A link with which somebody sets their password; the one time that it is there in plain. */
export interface PasswordLink {
  url: string;
  expiresAt: string;
}

const LINK_LIFETIME_MS = 24 * 3_600_000;

/** Makes accounts and says what their people may do. Every change is in the audit log, with the change itself. */
@Injectable()
export class AccountAdministration {
  private readonly page: string;

  constructor(
    private readonly store: AccountStore,
    private readonly sessions: PersonSessionStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.page = `${config.publicUrl}/signin/password`;
  }

  async list(
    cursor: string | undefined,
    limit: number,
  ): Promise<{ items: AccountView[]; nextCursor: string | null }> {
    const found = await this.store.list(cursor ?? null, limit + 1);
    const items = found.slice(0, limit);
    return {
      items: items.map(accountView),
      nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
    };
  }

  async one(id: string): Promise<Result<AccountView>> {
    const found = await this.store.byId(id);
    return found ? ok(accountView(found)) : unknown();
  }

  /** The link is for the administrator to hand over: nothing is sent. */
  invite(
    { email, name, roles }: NewAccount,
    actor: string,
  ): Promise<Result<{ account: AccountView; link: PasswordLink }>> {
    const account: StoredAccount = {
      ...{ id: newId(), email, name, roles, createdAt: new Date(this.clock.now()) },
      ...{ passwordHash: null, passwordChangedAt: null, lastSignInAt: null, disabledAt: null },
    };
    return this.change(async (tx) => {
      if (!(await this.store.insert(tx, account)))
        return fail(failure('ACCESS.ACCOUNT_EXISTS', 'There is an account with this address'));
      await this.note(tx, actor, account.id, { invited: true, roles });
      return ok({ account: accountView(account), link: await this.newLink(tx, account.id, 'invitation') });
    });
  }

  setRoles(id: string, roles: readonly Role[], actor: string): Promise<Result<AccountView>> {
    return this.changeOne(id, async (tx, account) => {
      if (!roles.includes('admin') && (await this.isLastAdmin(tx, account))) return lastAdmin();
      await this.store.setRoles(tx, id, roles);
      await this.note(tx, actor, id, { roles, before: account.roles });
      return ok(accountView({ ...account, roles: [...roles] }));
    });
  }

  /** Who is disabled is signed out everywhere, and their links are void. */
  setDisabled(id: string, disabled: boolean, actor: string): Promise<Result<AccountView>> {
    return this.changeOne(id, async (tx, account) => {
      if (disabled && (await this.isLastAdmin(tx, account))) return lastAdmin();
      const disabledAt = disabled ? (account.disabledAt ?? new Date(this.clock.now())) : null;
      await this.store.setDisabled(tx, id, disabledAt);
      if (disabled) await this.sessions.endAll(id, null, tx);
      await this.note(tx, actor, id, { disabled });
      return ok(accountView({ ...account, disabledAt }));
    });
  }

  /** The account and all that is kept of it; the audit log keeps the bare id. */
  remove(id: string, actor: string): Promise<Result<void>> {
    return this.changeOne(id, async (tx, account) => {
      if (await this.isLastAdmin(tx, account)) return lastAdmin();
      await this.store.remove(tx, id);
      await this.note(tx, actor, id, { removed: true });
      return ok(undefined);
    });
  }

  /** A new link, in the place of those before. The present password goes on until the link is used. */
  resetLink(id: string, actor: string): Promise<Result<PasswordLink>> {
    return this.changeOne(id, async (tx) => {
      await this.note(tx, actor, id, { resetLink: true });
      return ok(await this.newLink(tx, id, 'reset'));
    });
  }

  /** Signs somebody out everywhere. */
  endSessions(id: string, actor: string): Promise<Result<void>> {
    return this.changeOne(id, async (tx) => {
      const sessions = await this.sessions.endAll(id, null, tx);
      await this.note(tx, actor, id, { signedOut: sessions });
      return ok(undefined);
    });
  }

  private async newLink(tx: Transaction, accountId: string, purpose: LinkPurpose): Promise<PasswordLink> {
    const token = randomBytes(SECRET_BYTES).toString('base64url');
    const createdAt = new Date(this.clock.now());
    const expiresAt = new Date(createdAt.getTime() + LINK_LIFETIME_MS);
    await this.store.replaceLink(tx, { digest: digestOf(token), accountId, purpose, createdAt, expiresAt });
    // Behind the hash sign it reaches no server, no log and no Referer header.
    return { url: `${this.page}#${token}`, expiresAt: expiresAt.toISOString() };
  }

  private async isLastAdmin(tx: Transaction, account: StoredAccount): Promise<boolean> {
    if (!account.roles.includes('admin') || account.disabledAt) return false;
    return (await this.store.otherAdmins(tx, account.id)) === 0;
  }

  private changeOne<T>(
    id: string,
    work: (tx: Transaction, account: StoredAccount) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    return this.change(async (tx) => {
      const account = await this.store.byId(id, tx);
      return account ? work(tx, account) : unknown();
    });
  }

  private async change<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    await this.audit.prepare();
    return this.store.change(work);
  }

  private note(tx: Transaction, actor: string, id: string, detail: Record<string, unknown>): Promise<void> {
    return this.audit.record(tx, [{ actor, action: 'configure', subject: `account/${id}`, detail }]);
  }
}

function unknown(): Result<never> {
  return fail(failure('ACCESS.ACCOUNT_NOT_FOUND', 'There is no account with this id'));
}

function lastAdmin(): Result<never> {
  return fail(
    failure('ACCESS.LAST_ADMIN', 'Somebody must be able to administer: make another administrator first'),
  );
}
