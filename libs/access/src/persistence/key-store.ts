import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import type { KeyKind } from '../domain/index.js';

/** A key as it is stored, without its secrets. */
export interface StoredKey {
  id: string;
  kind: KeyKind;
  name: string;
  source: string;
  scopes: string[];
  allowedOrigins: string[];
  createdAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

export interface StoredSecret {
  digest: string;
  keyId: string;
  writeKey: string | null;
  createdAt: Date;
  expiresAt: Date | null;
}

export interface StoredSigningSecret {
  source: string;
  secret: string;
  createdAt: Date;
  expiresAt: Date | null;
}

/** What a process keeps in memory. */
export interface KeyRecords {
  keys: StoredKey[];
  secrets: StoredSecret[];
  signingSecrets: StoredSigningSecret[];
}

type Sql = Pick<Transaction, 'query'>;

const KEY = `id, kind, name, source, scopes, allowed_origins AS "allowedOrigins", created_at AS "createdAt",
  revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;
const SECRET = `digest, key_id AS "keyId", write_key AS "writeKey", s.created_at AS "createdAt", expires_at AS "expiresAt"`;

/** Taken for changes that first look whether something is there. */
const CHANGE_LOCK = 7_261_200;

/** Keys, their secrets and the signing secrets of sources in PostgreSQL. */
@Injectable()
export class KeyStore {
  constructor(private readonly database: Database) {}

  /** One change at a time, over all processes. */
  change<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [CHANGE_LOCK]);
      return work(tx);
    });
  }

  /** All that is not revoked. */
  async loadActive(): Promise<KeyRecords> {
    const [keys, secrets, signingSecrets] = await Promise.all([
      this.database.query<StoredKey>(`SELECT ${KEY} FROM access_key WHERE revoked_at IS NULL`),
      this.database.query<StoredSecret>(
        `SELECT ${SECRET} FROM access_key_secret s JOIN access_key k ON k.id = s.key_id WHERE k.revoked_at IS NULL`,
      ),
      this.database.query<StoredSigningSecret>(
        `SELECT source, secret, created_at AS "createdAt", expires_at AS "expiresAt" FROM signing_secret ORDER BY id DESC`,
      ),
    ]);
    return { keys, secrets, signingSecrets };
  }

  /** Keys in the order they were made (ids are UUIDv7), revoked ones too. */
  list(after: string | null, limit: number): Promise<StoredKey[]> {
    return this.database.query(
      `SELECT ${KEY} FROM access_key WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`,
      [after, limit],
    );
  }

  secretsOf(keyIds: string[]): Promise<StoredSecret[]> {
    return this.database.query(
      `SELECT ${SECRET} FROM access_key_secret s WHERE key_id = ANY($1) ORDER BY created_at, expires_at NULLS LAST, digest`,
      [keyIds],
    );
  }

  async find(tx: Sql, id: string): Promise<StoredKey | undefined> {
    const [key] = await tx.query<StoredKey>(`SELECT ${KEY} FROM access_key WHERE id = $1 FOR UPDATE`, [id]);
    return key;
  }

  /** The secret with this digest, whatever its state, and its key. */
  async findSecret(
    sql: Sql | null,
    digest: string,
  ): Promise<{ key: StoredKey; secret: StoredSecret } | undefined> {
    const runner = sql ?? this.database;
    const [secret] = await runner.query<StoredSecret>(
      `SELECT ${SECRET} FROM access_key_secret s WHERE digest = $1`,
      [digest],
    );
    if (!secret) return undefined;
    const [key] = await runner.query<StoredKey>(`SELECT ${KEY} FROM access_key WHERE id = $1`, [
      secret.keyId,
    ]);
    return key && { key, secret };
  }

  async insertKey(tx: Sql, key: StoredKey): Promise<void> {
    await tx.query(
      `INSERT INTO access_key (id, kind, name, source, scopes, allowed_origins, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [key.id, key.kind, key.name, key.source, key.scopes, key.allowedOrigins, key.createdAt],
    );
  }

  async insertSecret(tx: Sql, secret: StoredSecret): Promise<void> {
    await tx.query(
      `INSERT INTO access_key_secret (digest, key_id, write_key, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
      [secret.digest, secret.keyId, secret.writeKey, secret.createdAt, secret.expiresAt],
    );
  }

  /** Ends the key's present secrets at `at`, unless they end before. */
  async endSecrets(tx: Sql, keyId: string, at: Date): Promise<void> {
    await tx.query(
      `UPDATE access_key_secret SET expires_at = $2 WHERE key_id = $1 AND (expires_at IS NULL OR expires_at > $2)`,
      [keyId, at],
    );
  }

  async revoke(tx: Sql, keyId: string, at: Date): Promise<void> {
    await tx.query('UPDATE access_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [keyId, at]);
  }

  async signingSecretsOf(sql: Sql | null, source: string): Promise<StoredSigningSecret[]> {
    return (sql ?? this.database).query(
      `SELECT source, secret, created_at AS "createdAt", expires_at AS "expiresAt" FROM signing_secret WHERE source = $1`,
      [source],
    );
  }

  async insertSigningSecret(tx: Sql, id: string, secret: StoredSigningSecret): Promise<void> {
    await tx.query(
      'INSERT INTO signing_secret (id, source, secret, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)',
      [id, secret.source, secret.secret, secret.createdAt, secret.expiresAt],
    );
  }

  async endSigningSecrets(tx: Sql, source: string, at: Date): Promise<void> {
    await tx.query(
      `UPDATE signing_secret SET expires_at = $2 WHERE source = $1 AND (expires_at IS NULL OR expires_at > $2)`,
      [source, at],
    );
  }

  /** Notes when keys were last used. */
  async touch(used: ReadonlyMap<string, number>): Promise<void> {
    const times = [...used.values()].map((at) => new Date(at));
    await this.database.transaction((tx) =>
      tx.query(
        `UPDATE access_key k SET last_used_at = greatest(k.last_used_at, u.at)
         FROM unnest($1::uuid[], $2::timestamptz[]) AS u(id, at) WHERE k.id = u.id`,
        [[...used.keys()], times],
      ),
    );
  }
}
