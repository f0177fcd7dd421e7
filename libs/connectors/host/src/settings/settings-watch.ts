import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Housekeeping } from '@repartee/platform';
import { ConnectorHost } from '../connector-host.js';
import { CONNECTOR_HOST_OPTIONS, type ConnectorHostOptions } from '../connector-host.options.js';
import { ConnectorStartError } from '../connector-start-error.js';
import { readSettings } from '../read-settings.js';
import { elsewhereWith, type SettingsState } from '../settings-state.js';
import { SettingsStore, type StoredSettings } from './settings-store.js';

/** Milliseconds between looks for what other processes stored. */
const LOOK = 1000;

/** Brings what is stored into force, at the start and after each change, in whatever process it was made. */
@Injectable()
export class SettingsWatch implements OnModuleInit {
  private readonly logger = new Logger(SettingsWatch.name);
  private readonly inForce = new Map<string, number>();
  private looking: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ConnectorHost) private readonly host: ConnectorHost,
    @Inject(CONNECTOR_HOST_OPTIONS) private readonly options: ConnectorHostOptions,
    @Inject(SettingsStore) private readonly store: SettingsStore,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  /** @throws ConnectorStartError where the environment alone gives settings that are wrong */
  async onModuleInit(): Promise<void> {
    await this.look();
    for (const name of this.host.names) {
      const state = this.host.runner(name)?.state;
      if (state && !state.configured && state.problem !== undefined && !this.inForce.has(name))
        throw new ConnectorStartError(state.problem);
    }
    this.housekeeping.every(LOOK, 'looking for changed settings', () => this.look());
  }

  /** Takes over what has changed. To be awaited after a change that must be in force here. */
  look(): Promise<void> {
    this.looking = this.looking.catch(() => undefined).then(() => this.takeOver());
    return this.looking;
  }

  private async takeOver(): Promise<void> {
    const versions = await this.store.versions();
    for (const name of this.host.names) {
      const version = versions.get(name);
      if (version === undefined || this.inForce.get(name) === version) continue;
      const stored = await this.store.read(name);
      this.use(name, stored);
      this.inForce.set(name, stored.version);
    }
  }

  private use(name: string, stored: StoredSettings): void {
    const runner = this.host.runner(name);
    if (!runner) return;
    const state = this.stateOf(name, stored);
    runner.use(state);
    if (!state.configured && state.problem !== undefined)
      this.logger.error(`the stored settings of ${name} cannot be used: ${state.problem}`);
    else runner.checkInBackground();
  }

  /** What cannot be read or is not right leaves the connector without settings, not with half of them. */
  private stateOf(name: string, stored: StoredSettings): SettingsState {
    const { problem } = stored;
    if (problem !== undefined) return { configured: false, missing: [], problem };
    const definition = this.options.definitions.find((one) => one.name === name);
    if (!definition) return { configured: false, missing: [] };
    const { environment, elsewhere } = this.options;
    const state = readSettings(definition, environment, stored.values);
    if (state.ok) return elsewhere?.has(name) ? elsewhereWith(state.value) : state.value;
    return { configured: false, missing: [], problem: state.failure };
  }
}
