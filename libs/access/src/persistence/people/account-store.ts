import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import type { Role } from '../../domain/index.js';
import type { LinkPurpose } from './account-link.entity.js';

/** An account as it is stored. */
export interface StoredAccount {
  id: string;
  email: string;
  name: string;
  passwordHash: string | null;
  roles: Role[];
  createdAt: Date;
  passwordChangedAt: Date | null;
  lastSignInAt: Date | null;
  disabledAt: Date | null;
}

type Sql = Pick<Transaction, 'query'>;

const ACCOUNT = `a.id, a.email, a.name, a.password_hash AS "passwordHash", a.roles, a.created_at AS "createdAt",
  a.password_changed_at AS "passwordChangedAt", a.last_sign_in_at AS "lastSignInAt", a.disabled_at AS "disabledAt"`;

/** Taken for changes that first look at all accounts, as whether somebody is the last administrator. */
const CHANGE_LOCK = 7_261_201;

/** Accounts, the links that set their passwords, and who they are at OpenID providers. */
@Injectable()
export class AccountStore {
  constructor(private readonly database: Database) {}

  /** One change at a time, over all processes. */
  change<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [CHANGE_LOCK]);
      return work(tx);
    });
  }

  /** In the order in which they were made (ids are UUIDv7). */
  list(after: string | null, limit: number): Promise<StoredAccount[]> {
    return this.database.query(
      `SELECT ${ACCOUNT} FROM account a WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`,
      [after, limit],
    );
  }

  async byEmail(email: string, sql: Sql = this.database): Promise<StoredAccount | undefined> {
    const [found] = await sql.query<StoredAccount>(`SELECT ${ACCOUNT} FROM account a WHERE email = $1`, [
      email,
    ]);
    return found;
  }

  async byId(id: string, sql: Sql = this.database): Promise<StoredAccount | undefined> {
    const [found] = await sql.query<StoredAccount>(`SELECT ${ACCOUNT} FROM account a WHERE id = $1`, [id]);
    return found;
  }

  async bySubject(provider: string, subject: string, sql: Sql): Promise<StoredAccount | undefined> {
    const [found] = await sql.query<StoredAccount>(
      `SELECT ${ACCOUNT} FROM account a JOIN account_identity i ON i.account_id = a.id
       WHERE i.provider = $1 AND i.subject = $2`,
      [provider, subject],
    );
    return found;
  }

  async link(tx: Sql, provider: string, subject: string, accountId: string, at: Date): Promise<void> {
    await tx.query(
      'INSERT INTO account_identity (provider, subject, account_id, linked_at) VALUES ($1, $2, $3, $4)',
      [provider, subject, accountId, at],
    );
  }

  /** False: somebody has the address already. */
  async insert(tx: Sql, account: StoredAccount): Promise<boolean> {
    const { id, email, name, passwordHash, roles, createdAt, passwordChangedAt } = account;
    const rows = await tx.query(
      `INSERT INTO account (id, email, name, password_hash, roles, created_at, password_changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email) DO NOTHING RETURNING 1`,
      [id, email, name, passwordHash, roles, createdAt, passwordChangedAt],
    );
    return rows.length > 0;
  }

  async setRoles(tx: Sql, id: string, roles: readonly Role[]): Promise<void> {
    await tx.query('UPDATE account SET roles = $2 WHERE id = $1', [id, roles]);
  }

  async setDisabled(tx: Sql, id: string, at: Date | null): Promise<void> {
    await tx.query('UPDATE account SET disabled_at = $2 WHERE id = $1', [id, at]);
  }

  async remove(tx: Sql, id: string): Promise<void> {
    await tx.query('DELETE FROM account WHERE id = $1', [id]);
  }

  async setPassword(tx: Sql, id: string, hash: string, at: Date): Promise<void> {
    await tx.query('UPDATE account SET password_hash = $2, password_changed_at = $3 WHERE id = $1', [
      id,
      hash,
      at,
    ]);
    await tx.query('DELETE FROM account_link WHERE account_id = $1', [id]);
  }

  /** The same password, hashed anew; only where nobody set another meanwhile. */
  async rehash(id: string, from: string, to: string): Promise<void> {
    await this.database.query('UPDATE account SET password_hash = $3 WHERE id = $1 AND password_hash = $2', [
      id,
      from,
      to,
    ]);
  }

  async count(sql: Sql = this.database): Promise<number> {
    const [row] = await sql.query<{ count: number }>('SELECT count(*)::int AS count FROM account');
    return row?.count ?? 0;
  }

  /** Administrators that are not disabled, beside this one. */
  async otherAdmins(tx: Sql, id: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM account WHERE 'admin' = ANY(roles) AND disabled_at IS NULL AND id <> $1`,
      [id],
    );
    return row?.count ?? 0;
  }

  /** The one link of an account that is good from now on. */
  async replaceLink(
    tx: Sql,
    link: { digest: string; accountId: string; purpose: LinkPurpose; createdAt: Date; expiresAt: Date },
  ): Promise<void> {
    await tx.query('DELETE FROM account_link WHERE account_id = $1', [link.accountId]);
    await tx.query(
      'INSERT INTO account_link (digest, account_id, purpose, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)',
      [link.digest, link.accountId, link.purpose, link.createdAt, link.expiresAt],
    );
  }

  /** Removes links that are too old to use. */
  async sweepLinks(now: Date): Promise<void> {
    await this.database.query('DELETE FROM account_link WHERE expires_at <= $1', [now]);
  }

  /** Whose link it is, while it is good. */
  async ofLink(digest: string, now: Date, sql: Sql = this.database): Promise<StoredAccount | undefined> {
    const [found] = await sql.query<StoredAccount>(
      `SELECT ${ACCOUNT} FROM account a JOIN account_link l ON l.account_id = a.id
       WHERE l.digest = $1 AND l.expires_at > $2 AND a.disabled_at IS NULL`,
      [digest, now],
    );
    return found;
  }
}
