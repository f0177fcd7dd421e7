import type { Database } from '../database/index.js';
import { type Transaction } from '../database/index.js';
import { type Envelope, type MasterKey, open, seal } from './envelope.js';
import type { KeyRing } from './key-ring.js';
import { UnreadableSecretError } from './unreadable-secret.js';

/** Taken while master keys are made or changed. */
const KEYS_LOCK = 7_261_301;

/** A stored secret. */
export interface VaultRow extends Envelope {
  owner: string;
  name: string;
}

/** Columns of {@link VaultRow}. */
export const ROW = 'owner, name, key_id AS "keyId", wrapped, sealed';

/** Secrets at rest, each sealed by AES-256-GCM under a key of its own, which a master key wraps. */
export class Vault {
  constructor(
    private readonly database: Database,
    private readonly ring: KeyRing,
  ) {}

  /**
   * Seals secrets of an owner in the caller's transaction; those it has under other names stay.
   * @throws UnreadableSecretError when this process lacks the master key
   */
  async put(tx: Transaction, owner: string, secrets: Readonly<Record<string, string>>): Promise<void> {
    const names = Object.keys(secrets);
    if (names.length === 0) return;
    const master = await this.sealingKey(tx);
    const envelopes = names.map((name) => seal(master, secrets[name] ?? '', labelOf({ owner, name })));
    await tx.query(
      `INSERT INTO vault_secret (owner, name, key_id, wrapped, sealed)
       SELECT $1, name, $2, wrapped, sealed FROM unnest($3::text[], $4::bytea[], $5::bytea[]) AS t (name, wrapped, sealed)
       ON CONFLICT (owner, name) DO UPDATE
         SET key_id = excluded.key_id, wrapped = excluded.wrapped, sealed = excluded.sealed`,
      [
        owner,
        master.id,
        names,
        envelopes.map(({ wrapped }) => wrapped),
        envelopes.map(({ sealed }) => sealed),
      ],
    );
  }

  /** Removes the secrets of an owner, but those named. */
  async remove(tx: Transaction, owner: string, except: readonly string[] = []): Promise<void> {
    await tx.query('DELETE FROM vault_secret WHERE owner = $1 AND name <> ALL($2)', [owner, except]);
  }

  /** The secrets of an owner by name. @throws UnreadableSecretError */
  async open(owner: string): Promise<Record<string, string>> {
    // Between its row and its key a secret may have been wrapped anew, and the key forgotten: so once more.
    return this.openAll(owner).catch(() => this.openAll(owner));
  }

  private async openAll(owner: string): Promise<Record<string, string>> {
    const rows = await this.database.query<VaultRow>(`SELECT ${ROW} FROM vault_secret WHERE owner = $1`, [
      owner,
    ]);
    const opened = rows.map(async (row) => [row.name, await this.openOne(row)] as const);
    return Object.fromEntries(await Promise.all(opened));
  }

  private async openOne(row: VaultRow): Promise<string> {
    const master = await this.ring.find(row.keyId);
    if (!master) throw UnreadableSecretError.withoutKey(row.keyId);
    const secret = open(master, row, labelOf(row));
    if (secret === undefined) throw UnreadableSecretError.tampered(row.owner, row.name);
    return secret;
  }

  /** The key to seal with. Whoever holds it keeps others from changing it until the commit. */
  private async sealingKey(tx: Transaction): Promise<MasterKey> {
    const id = (await currentKey(tx, 'FOR SHARE')) ?? (await this.makeFirst(tx));
    const master = await this.ring.find(id);
    if (!master) throw UnreadableSecretError.withoutKey(id);
    return master;
  }

  private async makeFirst(tx: Transaction): Promise<string> {
    await lockKeys(tx);
    const there = await currentKey(tx, 'FOR SHARE');
    if (there !== undefined) return there;
    const { id } = await this.ring.first();
    await tx.query('INSERT INTO vault_key (id, key_id) VALUES (1, $1)', [id]);
    return id;
  }
}

/** The associated data of an envelope: what was sealed for one name opens under no other. */
export function labelOf({ owner, name }: { owner: string; name: string }): string {
  return `${owner}\0${name}`;
}

export async function lockKeys(tx: Transaction): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [KEYS_LOCK]);
}

export async function currentKey(
  from: Pick<Transaction, 'query'>,
  lock: '' | 'FOR SHARE' = '',
): Promise<string | undefined> {
  const [row] = await from.query<{ key_id: string }>(`SELECT key_id FROM vault_key WHERE id = 1 ${lock}`);
  return row?.key_id;
}
