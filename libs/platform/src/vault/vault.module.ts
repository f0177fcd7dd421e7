import { Inject, Logger, Module, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import { join } from 'node:path';
import { Database } from '../database/index.js';
import { Housekeeping, HousekeepingModule } from '../housekeeping/index.js';
import { KeyRing } from './key-ring.js';
import { KeyRotation } from './key-rotation.js';
import { Vault } from './vault.js';

export interface VaultOptions {
  /** Master keys of the environment, the one to seal with first. */
  keys: readonly Buffer[];
  dataDir: string;
}

const KEYS_FILE = 'secrets-keys.json';
const HOUR = 3_600_000;

/** Secrets at rest. Wants `Database` to be global. */
@Module({})
export class VaultModule implements OnApplicationBootstrap {
  private readonly logger = new Logger(Vault.name);

  constructor(
    @Inject(KeyRotation) private readonly rotation: KeyRotation,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  static forRoot({ keys, dataDir }: VaultOptions): DynamicModule {
    const ring = new KeyRing(keys, join(dataDir, KEYS_FILE));
    return {
      module: VaultModule,
      global: true,
      imports: [HousekeepingModule],
      providers: [
        { provide: Vault, inject: [Database], useFactory: (database: Database) => new Vault(database, ring) },
        {
          provide: KeyRotation,
          inject: [Database],
          useFactory: (database: Database) => new KeyRotation(database, ring),
        },
      ],
      exports: [Vault, KeyRotation],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.goOn();
    this.housekeeping.every(HOUR, 'wrapping secrets by the present key', () => this.goOn());
  }

  /** A rotation that was interrupted. */
  private async goOn(): Promise<void> {
    const { keyId, secrets } = await this.rotation.state();
    if (secrets.every((one) => one.keyId === keyId)) return;
    const { rewrapped, unreadable } = await this.rotation.finish();
    this.logger.log(`went on with a rotation of the master key: ${rewrapped} secrets`);
    if (unreadable > 0)
      this.logger.warn(`${unreadable} secrets cannot be read with the keys of this process`);
  }
}
