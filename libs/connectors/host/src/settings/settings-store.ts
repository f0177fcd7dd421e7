import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, type Transaction, Vault } from '@repartee/platform';
import type { StoredValues } from '../read-settings.js';

/** What is stored of a connector's settings. */
export interface StoredSettings {
  /** 0 where nothing was ever stored. */
  version: number;
  /** With secrets. */
  values: StoredValues;
  updatedAt: string | null;
  updatedBy: string | null;
  /** Why they cannot be read, in words free of values. */
  problem?: string;
}

/** A change of what is stored. */
export interface SettingsChange {
  connector: string;
  values: StoredValues;
  secrets: Readonly<Record<string, string>>;
  /** Secrets that stay as they are. */
  kept: readonly string[];
  /** The version the caller has seen. */
  version: number;
  by: string;
}

interface Row {
  settings: Record<string, unknown>;
  version: number;
  updated_at: Date;
  updated_by: string;
}

const NOTHING: StoredSettings = { version: 0, values: {}, updatedAt: null, updatedBy: null };

/** Settings of connectors at rest: plain values in a table, secrets in the vault. */
@Injectable()
export class SettingsStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Which version of each connector's settings there is. */
  async versions(): Promise<Map<string, number>> {
    const rows = await this.database.query<{ connector: string; version: number }>(
      'SELECT connector, version FROM connector_settings',
    );
    return new Map(rows.map(({ connector, version }) => [connector, version]));
  }

  /** Never throws for what is stored: says why it cannot be read. */
  async read(connector: string): Promise<StoredSettings> {
    const [row] = await this.database.query<Row>('SELECT * FROM connector_settings WHERE connector = $1', [
      connector,
    ]);
    if (!row) return NOTHING;
    const known = {
      version: row.version,
      updatedAt: row.updated_at.toISOString(),
      updatedBy: row.updated_by,
    };
    try {
      return { ...known, values: { ...row.settings, ...(await this.vault.open(ownerOf(connector))) } };
    } catch (error) {
      return {
        ...known,
        values: row.settings,
        problem: error instanceof Error ? error.message : String(error),
      };
    }
  }

  /** @returns false when the caller has not seen the present version */
  async replace(tx: Transaction, change: SettingsChange): Promise<boolean> {
    const { connector, values, version, by } = change;
    const at = new Date(this.clock.now());
    const written = await tx.query(
      version === 0
        ? `INSERT INTO connector_settings (connector, settings, version, updated_at, updated_by)
           VALUES ($1, $2, $3 + 1, $4, $5) ON CONFLICT DO NOTHING RETURNING 1`
        : `UPDATE connector_settings SET settings = $2, version = version + 1, updated_at = $4, updated_by = $5
           WHERE connector = $1 AND version = $3 RETURNING 1`,
      [connector, JSON.stringify(values), version, at, by],
    );
    if (written.length === 0) return false;
    await this.vault.remove(tx, ownerOf(connector), change.kept);
    await this.vault.put(tx, ownerOf(connector), change.secrets);
    return true;
  }
}

function ownerOf(connector: string): string {
  return `connector/${connector}`;
}
