import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import type { Role } from '../../domain/index.js';

/** A session as it is stored, without its proof. */
export interface StoredPersonSession {
  id: string;
  accountId: string;
  createdAt: Date;
  lastSeenAt: Date;
  address: string;
  browser: string;
  provider: string | null;
}

/** A session with its proof: what {@link PersonSessionStore.open} writes. */
export interface NewPersonSession extends StoredPersonSession {
  digest: string;
  providerSubject: string | null;
  providerSession: string | null;
  idToken: string | null;
}

/** A session and whose it is. */
export interface FoundSession extends StoredPersonSession {
  email: string;
  name: string;
  roles: Role[];
  idToken: string | null;
}

type Sql = Pick<Transaction, 'query'>;

const SESSION = `s.id, s.account_id AS "accountId", s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt",
  s.address, s.browser, s.provider`;

/** The browsers in which people are signed in. */
@Injectable()
export class PersonSessionStore {
  constructor(private readonly database: Database) {}

  /** @param ended the digest of the session that the browser had */
  open(session: NewPersonSession, ended: string | null): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (ended !== null) await tx.query('DELETE FROM account_session WHERE digest = $1', [ended]);
      await insert(tx, session);
    });
  }

  /** Of accounts that are not disabled; whether it is over is for the caller to say. */
  async find(digest: string): Promise<FoundSession | undefined> {
    const [found] = await this.database.query<FoundSession>(
      `SELECT ${SESSION}, s.id_token AS "idToken", a.email, a.name, a.roles
       FROM account_session s JOIN account a ON a.id = s.account_id
       WHERE s.digest = $1 AND a.disabled_at IS NULL`,
      [digest],
      'access.session',
    );
    return found;
  }

  async touch(id: string, at: Date): Promise<void> {
    await this.database.query(
      'UPDATE account_session SET last_seen_at = greatest(last_seen_at, $2) WHERE id = $1',
      [id, at],
    );
  }

  /** The newest first. */
  of(accountId: string): Promise<StoredPersonSession[]> {
    return this.database.query(
      `SELECT ${SESSION} FROM account_session s WHERE account_id = $1 ORDER BY created_at DESC, id DESC`,
      [accountId],
    );
  }

  /** Ends one session of an account; false when it has none of this id. */
  async end(accountId: string, id: string): Promise<boolean> {
    const rows = await this.database.query(
      'DELETE FROM account_session WHERE account_id = $1 AND id = $2 RETURNING 1',
      [accountId, id],
    );
    return rows.length > 0;
  }

  /** Ends all sessions of an account but the one that is spared. */
  async endAll(accountId: string, spared: string | null = null, sql: Sql = this.database): Promise<number> {
    const rows = await sql.query(
      'DELETE FROM account_session WHERE account_id = $1 AND ($2::uuid IS NULL OR id <> $2) RETURNING 1',
      [accountId, spared],
    );
    return rows.length;
  }

  /** Removes what is over: opened before `opened`, or last used before `seen`. */
  async sweep(opened: Date, seen: Date): Promise<void> {
    await this.database.query('DELETE FROM account_session WHERE created_at < $1 OR last_seen_at < $2', [
      opened,
      seen,
    ]);
  }

  /** Ends what a provider says is over: one session there, or all of somebody. */
  async endAtProvider(
    provider: string,
    { subject, session }: { subject: string | null; session: string | null },
  ): Promise<string[]> {
    const rows = await this.database.query<{ accountId: string }>(
      `DELETE FROM account_session WHERE provider = $1 AND ($2::text IS NULL OR provider_subject = $2)
         AND ($3::text IS NULL OR provider_session = $3) AND ($2 IS NOT NULL OR $3 IS NOT NULL)
       RETURNING account_id AS "accountId"`,
      [provider, subject, session],
    );
    return rows.map(({ accountId }) => accountId);
  }
}

async function insert(tx: Sql, session: NewPersonSession): Promise<void> {
  const { id, digest, accountId, createdAt, address, browser } = session;
  await tx.query(
    `INSERT INTO account_session (id, digest, account_id, created_at, last_seen_at, address, browser, provider,
       provider_subject, provider_session, id_token)
     VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[id, digest, accountId, createdAt, address, browser, session.provider],
      ...[session.providerSubject, session.providerSession, session.idToken],
    ],
  );
  await tx.query('UPDATE account SET last_sign_in_at = $2 WHERE id = $1', [accountId, createdAt]);
}
