import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, newId, type Transaction, Vault } from '@repartee/platform';
import { randomBytes } from 'node:crypto';

/** What somebody says of an endpoint. */
export interface EndpointFields {
  url: string;
  description: string;
  types: readonly string[];
  ordered: boolean;
  enabled: boolean;
}

/** A key by its name in the vault, and until when it signs (milliseconds since the epoch; null: as long as it is there). */
interface KeyName {
  name: string;
  until: number | null;
}

export interface Endpoint extends EndpointFields {
  id: string;
  disabledReason: string | null;
  /** Milliseconds since the epoch; null while it works. */
  failingSince: number | null;
  keys: readonly KeyName[];
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

const COLUMNS = `id, url, description, types, ordered, enabled, disabled_reason AS "disabledReason",
  (extract(epoch FROM failing_since) * 1000)::float8 AS "failingSince", keys, version, created_at AS "createdAt",
  updated_at AS "updatedAt"`;
/** Octets of a key (Standard Webhooks: 24 to 64). */
const KEY_OCTETS = 32;
/** Milliseconds an endpoint belongs to the process that sends to it. */
const LEASE = 20_000;

/** Endpoints in PostgreSQL, their keys in the vault. */
@Injectable()
export class EndpointStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  all(): Promise<Endpoint[]> {
    return this.database.query(`SELECT ${COLUMNS} FROM webhook_endpoint ORDER BY id`);
  }

  async find(id: string): Promise<Endpoint | undefined> {
    const [found] = await this.database.query<Endpoint>(
      `SELECT ${COLUMNS} FROM webhook_endpoint WHERE id = $1`,
      [id],
    );
    return found;
  }

  /** @returns the endpoint, and its key, which is shown this once */
  async add(tx: Transaction, fields: EndpointFields): Promise<{ endpoint: Endpoint; key: string }> {
    const id = newId();
    const name = newId();
    const key = newKey();
    const [endpoint] = await tx.query<Endpoint>(
      `INSERT INTO webhook_endpoint (id, url, description, types, ordered, enabled, keys, version, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8) RETURNING ${COLUMNS}`,
      [
        id,
        fields.url,
        fields.description,
        fields.types,
        fields.ordered,
        fields.enabled,
        JSON.stringify([{ name, until: null } satisfies KeyName]),
        this.now(),
      ],
    );
    await this.vault.put(tx, ownerOf(id), { [name]: key });
    if (!endpoint) throw new Error('nothing was added');
    return { endpoint, key };
  }

  /** Enabling takes the reason of a disabling away. @returns undefined when this is no longer the present version */
  async replace(
    tx: Transaction,
    id: string,
    fields: EndpointFields,
    version: number,
  ): Promise<Endpoint | undefined> {
    const [endpoint] = await tx.query<Endpoint>(
      `UPDATE webhook_endpoint SET url = $3, description = $4, types = $5, ordered = $6, enabled = $7, updated_at = $8,
         disabled_reason = CASE WHEN $7 THEN NULL WHEN enabled THEN 'by hand' ELSE disabled_reason END,
         failing_since = CASE WHEN $7 AND NOT enabled THEN NULL ELSE failing_since END, version = version + 1
       WHERE id = $1 AND version = $2 RETURNING ${COLUMNS}`,
      [id, version, fields.url, fields.description, fields.types, fields.ordered, fields.enabled, this.now()],
    );
    return endpoint;
  }

  /** With its messages and keys. */
  async remove(tx: Transaction, id: string, version: number): Promise<boolean> {
    const gone = await tx.query('DELETE FROM webhook_endpoint WHERE id = $1 AND version = $2 RETURNING 1', [
      id,
      version,
    ]);
    if (gone.length === 0) return false;
    await tx.query('DELETE FROM webhook_attempt WHERE endpoint_id = $1', [id]);
    await tx.query('DELETE FROM webhook_message WHERE endpoint_id = $1', [id]);
    await this.vault.remove(tx, ownerOf(id));
    return true;
  }

  /** Gives an endpoint a new key; those before it sign beside it for so many seconds. @returns the key */
  async rotate(tx: Transaction, endpoint: Endpoint, overlapSeconds: number): Promise<string> {
    const now = this.clock.now();
    const key = newKey();
    const name = newId();
    const until = now + overlapSeconds * 1000;
    const old = endpoint.keys
      .map((one) => ({ ...one, until: Math.min(one.until ?? Infinity, until) }))
      .filter((one) => one.until > now);
    const keys = [{ name, until: null }, ...old];
    await tx.query(
      'UPDATE webhook_endpoint SET keys = $2, version = version + 1, updated_at = $3 WHERE id = $1',
      [endpoint.id, JSON.stringify(keys), this.now()],
    );
    await this.vault.remove(
      tx,
      ownerOf(endpoint.id),
      old.map((one) => one.name),
    );
    await this.vault.put(tx, ownerOf(endpoint.id), { [name]: key });
    return key;
  }

  /** The keys that sign now, the newest first. @throws UnreadableSecretError */
  async signingKeys({ id, keys }: Endpoint): Promise<string[]> {
    const now = this.clock.now();
    const held = await this.vault.open(ownerOf(id));
    return keys.flatMap(({ name, until }) => (until === null || until > now ? (held[name] ?? []) : []));
  }

  /** Makes an endpoint this process's own for a while. @returns it, unless another process sends to it or it is disabled */
  async lease(id: string, holder: string): Promise<Endpoint | undefined> {
    const [leased] = await this.database.query<Endpoint>(
      `UPDATE webhook_endpoint
       SET lease_holder = $2, lease_until = clock_timestamp() + ${LEASE} * interval '1 millisecond'
       WHERE id = $1 AND enabled AND (lease_holder = $2 OR lease_until IS NULL OR lease_until < clock_timestamp())
       RETURNING ${COLUMNS}`,
      [id, holder],
      'webhook.lease',
    );
    return leased;
  }

  async release(holder: string): Promise<void> {
    await this.database.query(
      'UPDATE webhook_endpoint SET lease_holder = NULL, lease_until = NULL WHERE lease_holder = $1',
      [holder],
    );
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}

function ownerOf(id: string): string {
  return `webhook/${id}`;
}

function newKey(): string {
  return `whsec_${randomBytes(KEY_OCTETS).toString('base64')}`;
}
