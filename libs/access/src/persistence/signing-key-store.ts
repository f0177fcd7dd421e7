import { Injectable } from '@nestjs/common';
import { Database } from '@repartee/platform';

export interface StoredSigningKey {
  id: number;
  secret: Buffer;
  createdAt: Date;
  retiredAt: Date | null;
}

/** Taken while a key is added. */
const ADD_LOCK = 7_261_201;

/** The keyring in PostgreSQL. Keys are added and never removed. */
@Injectable()
export class SigningKeyStore {
  constructor(private readonly database: Database) {}

  /** Oldest first. */
  load(): Promise<StoredSigningKey[]> {
    return this.database.query(
      'SELECT id, secret, created_at AS "createdAt", retired_at AS "retiredAt" FROM signing_key ORDER BY id',
    );
  }

  /**
   * Adds a key; the ones before it retire at `retireAt`.
   * @param onlyFirst add nothing when there is a key already
   */
  add(secret: Buffer, now: Date, retireAt: Date, onlyFirst: boolean): Promise<void> {
    return this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [ADD_LOCK]);
      const [last] = await tx.query<{ id: number }>('SELECT id FROM signing_key ORDER BY id DESC LIMIT 1');
      if (last && onlyFirst) return;
      await tx.query('UPDATE signing_key SET retired_at = $1 WHERE retired_at IS NULL', [retireAt]);
      await tx.query('INSERT INTO signing_key (id, secret, created_at) VALUES ($1, $2, $3)', [
        (last?.id ?? 0) + 1,
        secret,
        now,
      ]);
    });
  }
}
