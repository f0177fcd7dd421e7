import type { Database } from '../database/index.js';
import { type Transaction } from '../database/index.js';
import { rewrap } from './envelope.js';
import type { KeyRing } from './key-ring.js';
import { currentKey, labelOf, lockKeys, ROW, type VaultRow } from './vault.js';

/** Secrets a transaction wraps anew. */
const BATCH = 100;

/** How secrets stand to their master keys. */
export interface KeyState {
  /** The key that seals now; null before the first secret. */
  keyId: string | null;
  source: 'environment' | 'file';
  /** How many secrets each key wraps. */
  secrets: { keyId: string; count: number }[];
}

/** What a rotation did. */
export interface Rotation extends KeyState {
  /** Whether another key seals than before. */
  changed: boolean;
  rewrapped: number;
  /** Secrets this process could not open; they stay as they are. */
  unreadable: number;
}

type Place = Pick<VaultRow, 'owner' | 'name'>;

/**
 * Changes the master key. Every secret can be read all the while: those that are not wrapped anew yet stay under the old
 * key, which is kept until none is left. What a kill interrupts goes on with {@link finish}.
 */
export class KeyRotation {
  constructor(
    private readonly database: Database,
    private readonly ring: KeyRing,
  ) {}

  async state(): Promise<KeyState> {
    const secrets = await this.database.query<{ keyId: string; count: number }>(
      'SELECT key_id AS "keyId", count(*)::int AS count FROM vault_secret GROUP BY 1 ORDER BY 1',
    );
    return { keyId: (await currentKey(this.database)) ?? null, source: this.ring.source, secrets };
  }

  /** Makes a new key the present one (the first of the environment, where that gives keys) and wraps all secrets by it. */
  async rotate(): Promise<Rotation> {
    const changed = await this.database.transaction(async (tx) => {
      await lockKeys(tx);
      const before = await currentKey(tx);
      const { id } = await this.ring.next();
      // Waits for those who are sealing with the old one; who comes later finds the new one.
      await tx.query(
        'INSERT INTO vault_key (id, key_id) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET key_id = excluded.key_id',
        [id],
      );
      return id !== before;
    });
    return { ...(await this.finish()), changed };
  }

  /** Wraps what is still under older keys, and forgets keys of the file that wrap nothing any more. */
  async finish(): Promise<Rotation> {
    let rewrapped = 0;
    let unreadable = 0;
    for (let after: Place | undefined = { owner: '', name: '' }; after;) {
      const from: Place = after;
      const batch = await this.database.transaction((tx) => this.batch(tx, from));
      rewrapped += batch.rewrapped;
      unreadable += batch.unreadable;
      after = batch.last;
    }
    const state = await this.state();
    if (state.keyId !== null && state.secrets.every(({ keyId }) => keyId === state.keyId))
      await this.forgetOthers(state.keyId);
    return { ...state, changed: false, rewrapped, unreadable };
  }

  private async batch(
    tx: Transaction,
    after: Place,
  ): Promise<{ rewrapped: number; unreadable: number; last: Place | undefined }> {
    const present = await currentKey(tx, 'FOR SHARE');
    const to = present === undefined ? undefined : await this.ring.find(present);
    if (!to) return { rewrapped: 0, unreadable: 0, last: undefined };
    const rows = await tx.query<VaultRow>(
      `SELECT ${ROW} FROM vault_secret WHERE key_id <> $1 AND (owner, name) > ($2, $3)
       ORDER BY owner, name LIMIT ${BATCH} FOR UPDATE`,
      [to.id, after.owner, after.name],
    );
    let rewrapped = 0;
    for (const row of rows) {
      const from = await this.ring.find(row.keyId);
      const envelope = from && rewrap(from, to, row, labelOf(row));
      if (!envelope) continue;
      await tx.query('UPDATE vault_secret SET key_id = $3, wrapped = $4 WHERE owner = $1 AND name = $2', [
        row.owner,
        row.name,
        envelope.keyId,
        envelope.wrapped,
      ]);
      rewrapped += 1;
    }
    return {
      rewrapped,
      unreadable: rows.length - rewrapped,
      last: rows.length < BATCH ? undefined : rows.at(-1),
    };
  }

  /** Under the lock: another process may have begun the next rotation. */
  private async forgetOthers(keyId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockKeys(tx);
      if ((await currentKey(tx)) === keyId) await this.ring.keepOnly(keyId);
    });
  }
}
