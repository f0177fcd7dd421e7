import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Database, Housekeeping, type Transaction } from '@repartee/platform';
import { type CallCenterSettings, callCenterSettingsSchema, DEFAULT_CALL_CENTER } from '../domain/index.js';

const REFRESH = 1000;

export interface StoredSettings {
  version: number;
  settings: CallCenterSettings;
}

/** How calls and tasks are handled. In memory; changes made elsewhere show within about a second. */
@Injectable()
export class CallCenterSettingsStore implements OnModuleInit {
  private held: StoredSettings = { version: 0, settings: DEFAULT_CALL_CENTER };

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.read();
    this.housekeeping.every(REFRESH, 'reading how calls are handled', async () => {
      await this.read();
    });
  }

  get current(): CallCenterSettings {
    return this.held.settings;
  }

  /** As the database says now. */
  async read(): Promise<StoredSettings> {
    const [row] = await this.database.query<{ version: number; document: unknown }>(
      'SELECT version, document FROM call_center_settings WHERE id = 1',
      [],
      'call-center.settings',
    );
    if (row && row.version !== this.held.version)
      this.held = { version: row.version, settings: callCenterSettingsSchema.parse(row.document) };
    return this.held;
  }

  /** @param version the one the change was made on; 0 where nothing was ever set */
  async replace(
    tx: Transaction,
    settings: CallCenterSettings,
    version: number,
  ): Promise<Result<StoredSettings>> {
    const written = await tx.query<{ version: number }>(
      version === 0
        ? `INSERT INTO call_center_settings (id, version, document) VALUES (1, $2 + 1, $1)
           ON CONFLICT (id) DO NOTHING RETURNING version`
        : 'UPDATE call_center_settings SET document = $1, version = version + 1 WHERE id = 1 AND version = $2 RETURNING version',
      [JSON.stringify(settings), version],
    );
    const [row] = written;
    if (!row)
      return fail(failure('HTTP.PRECONDITION_FAILED', 'Somebody has changed the settings in between.'));
    const stored = { version: row.version, settings };
    tx.afterCommit(() => {
      this.held = stored;
    });
    return ok(stored);
  }
}
