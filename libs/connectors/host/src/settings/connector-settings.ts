import { Inject, Injectable } from '@nestjs/common';
import { type ConnectorDefinition, describeSettings } from '@repartee/connector-sdk';
import {
  type ConnectorSettingsView,
  fail,
  failure,
  type FailureDetail,
  ok,
  type Result,
  SECRET_MASK,
  type SettingsCheck,
  type SettingsWish,
} from '@repartee/contracts';
import { Database, type Transaction, validate } from '@repartee/platform';
import { ConnectorHost } from '../connector-host.js';
import { CONNECTOR_HOST_OPTIONS, type ConnectorHostOptions } from '../connector-host.options.js';
import { gatherSettings } from '../read-settings.js';
import { configuredWith, lackOf } from '../settings-state.js';
import { SettingsStore, type StoredSettings } from './settings-store.js';
import { SettingsWatch } from './settings-watch.js';

type Checked = { settings: Record<string, unknown>; stored: Record<string, unknown>; kept: string[] };

/** Shows and stores the settings of connectors. Values of secrets come in and never out. */
@Injectable()
export class ConnectorSettings {
  constructor(
    @Inject(ConnectorHost) private readonly host: ConnectorHost,
    @Inject(CONNECTOR_HOST_OPTIONS) private readonly options: ConnectorHostOptions,
    @Inject(SettingsStore) private readonly store: SettingsStore,
    @Inject(SettingsWatch) private readonly watch: SettingsWatch,
    @Inject(Database) private readonly database: Database,
  ) {}

  async view(name: string): Promise<Result<ConnectorSettingsView>> {
    const definition = this.definition(name);
    if (!definition) return notFound(name);
    const stored = await this.store.read(name);
    const gathered = gatherSettings(definition, this.options.environment, stored.values);
    const nothing = { raw: {} as Record<string, unknown>, sources: {} };
    const { raw, sources } = gathered.ok ? gathered.value : nothing;
    const values = describeSettings(definition).flatMap(({ name: setting, secret, default: preset }) => {
      const value = raw[setting] ?? preset;
      return value === undefined ? [] : [[setting, secret ? SECRET_MASK : value] as const];
    });
    const { version, updatedAt, updatedBy } = stored;
    const state = this.host.runner(name)?.state;
    const lack = state && !state.configured && version > 0 ? lackOf(state) : undefined;
    const problem = stored.problem ?? lack;
    return ok({
      values: Object.fromEntries(values),
      sources,
      version,
      updatedAt,
      updatedBy,
      ...(problem !== undefined && { problem }),
    });
  }

  /**
   * Checks settings against the schema and the provider, stores them and brings them into force here. Fails with
   * HTTP.INVALID_REQUEST, CONNECTOR.SETTINGS_REFUSED or HTTP.PRECONDITION_FAILED.
   */
  async replace(name: string, wish: SettingsWish<Transaction>): Promise<Result<SettingsCheck | null>> {
    const definition = this.definition(name);
    const runner = this.host.runner(name);
    if (!definition || !runner) return notFound(name);
    const before = await this.store.read(name);
    if (before.version !== wish.version) return stale(before.version);
    const checked = this.check(definition, wish.values, before);
    if (!checked.ok) return checked;
    const { settings, stored, kept } = checked.value;
    const detail = await runner.tryOut(configuredWith(definition, settings), definition.checkSettings);
    if (detail !== undefined && !wish.force)
      return fail(failure('CONNECTOR.SETTINGS_REFUSED', `${name}: ${detail}`));
    const secretNames = new Set(secretsOf(definition));
    const part = (secret: boolean) =>
      Object.fromEntries(Object.entries(stored).filter(([setting]) => secretNames.has(setting) === secret));
    const written = await this.database.transaction(async (tx) => {
      const change = {
        connector: name,
        values: part(false),
        secrets: part(true) as Record<string, string>,
        kept,
        version: wish.version,
        by: wish.by,
      };
      if (!(await this.store.replace(tx, change))) return false;
      await wish.alongside(tx, [...Object.keys(stored), ...kept].sort());
      return true;
    });
    if (!written) return stale((await this.store.read(name)).version);
    await this.watch.look();
    if (!definition.checkSettings) return ok(null);
    return ok(detail === undefined ? { status: 'passed' } : { status: 'failed', detail });
  }

  /** Forgets what is stored: the environment holds again. */
  async clear(
    name: string,
    { version, by, alongside }: Omit<SettingsWish<Transaction>, 'values' | 'force'>,
  ): Promise<Result<void>> {
    if (!this.definition(name)) return notFound(name);
    const change = { connector: name, values: {}, secrets: {}, kept: [], version, by };
    const written = await this.database.transaction(async (tx) => {
      if (!(await this.store.replace(tx, change))) return false;
      await alongside(tx, []);
      return true;
    });
    if (!written) return stale((await this.store.read(name)).version);
    await this.watch.look();
    return ok(undefined);
  }

  private check(
    definition: ConnectorDefinition,
    values: Readonly<Record<string, unknown>>,
    before: StoredSettings,
  ): Result<Checked> {
    const { environment } = this.options;
    const secrets = secretsOf(definition);
    const masked = secrets.filter((setting) => values[setting] === SECRET_MASK);
    // A mask over a value of the environment leaves it there.
    const kept = masked.filter((setting) => before.values[setting] !== undefined);
    const held = gatherSettings(definition, environment, before.values);
    const empty = masked.filter(
      (setting) => before.problem !== undefined || (held.ok && held.value.raw[setting] === undefined),
    );
    if (empty.length > 0)
      return invalid(
        empty.map((setting) => missing(setting, before.problem ?? 'there is no secret to keep')),
      );
    const stored = Object.fromEntries(
      Object.entries(values).filter(
        ([setting, value]) => value !== null && value !== undefined && !masked.includes(setting),
      ),
    );
    const together = {
      ...stored,
      ...Object.fromEntries(kept.map((setting) => [setting, before.values[setting]])),
    };
    const gathered = gatherSettings(definition, environment, together);
    if (!gathered.ok) return fail(failure('CONNECTOR.SETTINGS_REFUSED', gathered.failure));
    const unknown = Object.keys(stored).filter((setting) => !(setting in gathered.value.sources));
    if (unknown.length > 0)
      return invalid(unknown.map((setting) => missing(setting, 'there is no such setting')));
    const parsed = validate(definition.settings, gathered.value.raw, 'settings');
    if (!parsed.ok) return parsed;
    return ok({ settings: parsed.value as Record<string, unknown>, stored, kept });
  }

  private definition(name: string): ConnectorDefinition | undefined {
    return this.options.definitions.find((one) => one.name === name);
  }
}

function secretsOf(definition: ConnectorDefinition): string[] {
  return describeSettings(definition).flatMap(({ name, secret }) => (secret ? [name] : []));
}

function missing(setting: string, detail: string): FailureDetail {
  return { pointer: `#/${encodeURIComponent(setting.slice(0, 100))}`, detail };
}

function invalid(errors: FailureDetail[]): Result<never> {
  return fail(failure('HTTP.INVALID_REQUEST', 'the settings are not right', { errors }));
}

function notFound(name: string): Result<never> {
  return fail(failure('CONNECTOR.NOT_FOUND', `There is no connector ${name}`));
}

function stale(version: number): Result<never> {
  return fail(failure('HTTP.PRECONDITION_FAILED', `The present version is "${version}".`));
}
