import { Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { AuditLog } from '@repartee/governance';
import { Clock, newId, type OidcConfig, type Transaction } from '@repartee/platform';
import { randomBytes } from 'node:crypto';
import { homeOf, safeReturnPath, SECRET_BYTES, subscriberOf, type Role } from '../../domain/index.js';
import { AccountStore, type StoredAccount } from '../../persistence/people/account-store.js';
import { OidcFlowStore } from '../../persistence/people/oidc-flow-store.js';
import { digestOf } from '../new-secret.js';
import { PersonSessions, type From, type OpenedSession } from '../people/person-sessions.js';
import { OidcProvider, type Vouched } from './oidc-provider.js';

/** Seconds that somebody may take at their provider. */
export const FLOW_SECONDS = 600;

/** Somebody who comes back. */
export interface Return {
  query: string;
  /** The token of the cookie with which they left. */
  flow: string | undefined;
  from: From;
  session: string | undefined;
}

/** Signing in at an OpenID provider. */
@Injectable()
export class OidcSignIn {
  constructor(
    private readonly provider: OidcProvider,
    private readonly flows: OidcFlowStore,
    private readonly accounts: AccountStore,
    private readonly sessions: PersonSessions,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Where to send them, and what their browser keeps until they are back: both prove that it is the same browser. */
  async begin(key: string, returnTo: string | undefined): Promise<Result<{ url: string; flow: string }>> {
    const settings = this.provider.settingsOf(key);
    if (!settings.ok) return settings;
    const begun = await this.provider.begin(settings.value);
    if (!begun.ok) return begun;
    const flow = randomBytes(SECRET_BYTES).toString('base64url');
    await this.flows.begin({
      ...begun.value.secrets,
      digest: digestOf(flow),
      provider: key,
      returnTo: safeReturnPath(returnTo, ''),
      expiresAt: new Date(this.clock.now() + FLOW_SECONDS * 1000),
    });
    return ok({ url: begun.value.url, flow });
  }

  async finish(key: string, back: Return): Promise<Result<OpenedSession & { returnTo: string }>> {
    const settings = this.provider.settingsOf(key);
    if (!settings.ok) return settings;
    const now = new Date(this.clock.now());
    const flow = back.flow === undefined ? undefined : await this.flows.take(digestOf(back.flow), key, now);
    if (!flow)
      return fail(failure('ACCESS.LINK_INVALID', 'This sign-in was not begun here, or too long ago'));
    const vouched = await this.provider.finish(settings.value, back.query, flow);
    if (!vouched.ok) return vouched;
    const account = await this.accountOf(settings.value, vouched.value);
    if (!account.ok) {
      this.noteRefusal(key, back.from);
      return account;
    }
    const opened = await this.sessions.open(account.value, back.from, {
      proof: {
        provider: key,
        subject: vouched.value.claims.subject,
        session: vouched.value.session,
        idToken: vouched.value.idToken,
      },
      before: back.session,
    });
    this.audit.note({
      actor: `account:${account.value.id}`,
      action: 'sign-in',
      subject: `account/${account.value.id}`,
      detail: { with: key, address: subscriberOf(back.from.address) },
    });
    return ok({ ...opened, returnTo: flow.returnTo || homeOf(account.value.roles) });
  }

  /** By the provider's own name of them; else, where that is wanted, by the address that it has verified. */
  private async accountOf(settings: OidcConfig, vouched: Vouched): Promise<Result<StoredAccount>> {
    await this.audit.prepare();
    return this.accounts.change(async (tx) => {
      const { subject, roles } = vouched.claims;
      const known = await this.accounts.bySubject(settings.key, subject, tx);
      const account =
        known ?? (await this.linked(tx, settings, vouched)) ?? (await this.created(tx, settings, vouched));
      if (!account || account.disabledAt)
        return fail(failure('ACCESS.SIGN_IN_FAILED', 'There is no account for you here'));
      if (!known) {
        await this.accounts.link(tx, settings.key, subject, account.id, new Date(this.clock.now()));
        await this.note(tx, account.id, { linked: settings.key });
      }
      return ok(roles ? await this.withRoles(tx, account, roles, settings.key) : account);
    });
  }

  private async linked(
    tx: Transaction,
    { linkByEmail }: OidcConfig,
    { claims: { email } }: Vouched,
  ): Promise<StoredAccount | undefined> {
    return linkByEmail && email !== undefined ? this.accounts.byEmail(email, tx) : undefined;
  }

  private async created(
    tx: Transaction,
    { createAccounts }: OidcConfig,
    { claims: { email, name, roles = [] } }: Vouched,
  ): Promise<StoredAccount | undefined> {
    if (!createAccounts || email === undefined) return undefined;
    const account: StoredAccount = {
      ...{ id: newId(), email, name, roles, createdAt: new Date(this.clock.now()) },
      ...{ passwordHash: null, passwordChangedAt: null, lastSignInAt: null, disabledAt: null },
    };
    // Of somebody who has the address already: it is not theirs to take.
    return (await this.accounts.insert(tx, account)) ? account : undefined;
  }

  /** Where the provider says roles, it says them each time; the last administrator stays one. */
  private async withRoles(
    tx: Transaction,
    account: StoredAccount,
    roles: Role[],
    provider: string,
  ): Promise<StoredAccount> {
    const same = roles.length === account.roles.length && roles.every((role) => account.roles.includes(role));
    if (same) return account;
    const loses = account.roles.includes('admin') && !roles.includes('admin');
    if (loses && (await this.accounts.otherAdmins(tx, account.id)) === 0) return account;
    await this.accounts.setRoles(tx, account.id, roles);
    await this.note(tx, account.id, { roles, before: account.roles, provider });
    return { ...account, roles };
  }

  private noteRefusal(provider: string, from: From): void {
    this.audit.note({
      actor: 'nobody',
      action: 'sign-in-refused',
      subject: 'account/unknown',
      detail: { with: provider, why: 'no account', address: subscriberOf(from.address) },
    });
  }

  private note(tx: Transaction, id: string, detail: Record<string, unknown>): Promise<void> {
    return this.audit.record(tx, [
      { actor: `account:${id}`, action: 'configure', subject: `account/${id}`, detail },
    ]);
  }
}
