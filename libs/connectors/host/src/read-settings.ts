import {
  describeSettings,
  settingVariable,
  type ConnectorDefinition,
  type SettingDescription,
} from '@repartee/connector-sdk';
import { fail, ok, type Result, type SettingSource } from '@repartee/contracts';
import { configuredWith, type SettingsState } from './settings-state.js';

export type Environment = Readonly<Record<string, string | undefined>>;
/** Values somebody stored, by setting. */
export type StoredValues = Readonly<Record<string, unknown>>;
/** Values before they are checked. */
export interface GatheredSettings {
  raw: Record<string, unknown>;
  sources: Record<string, SettingSource>;
  /** Required ones without a value. */
  missing: SettingDescription[];
  /** Whether somebody wants this connector at all. */
  wanted: boolean;
}

type Problem = { variable: string; message: string };

/** Brings the values of a connector together. What is stored goes before the environment, value by value. */
export function gatherSettings(
  connector: ConnectorDefinition,
  environment: Environment,
  stored: StoredValues = {},
): Result<GatheredSettings, string> {
  const raw: Record<string, unknown> = {};
  const sources: Record<string, SettingSource> = {};
  const missing: SettingDescription[] = [];
  // A variable that others share, as REPARTEE_PUBLIC_URL, is no sign that somebody wants this connector.
  const prefix = settingVariable(connector.name, '');
  let wanted = Object.keys(stored).length > 0;
  for (const one of describeSettings(connector)) {
    const { name, variable, required } = one;
    const text = environment[variable];
    sources[name] = one.default === undefined ? 'none' : 'default';
    if (stored[name] !== undefined) {
      raw[name] = stored[name];
      sources[name] = 'stored';
    } else if (text !== undefined) {
      const value = coerce(one, text);
      if (!value.ok) return fail(lineOf(connector, { variable, message: value.failure }));
      raw[name] = value.value;
      sources[name] = 'environment';
      wanted ||= variable.startsWith(prefix);
    } else if (required) missing.push(one);
  }
  return ok({ raw, sources, missing, wanted });
}

/**
 * Reads and checks a connector's settings. With no value of its own, a connector that needs some is simply not
 * configured; with some, the rest must be there and right.
 * @returns the settings, or one line that names the variable. Values are never repeated: they may be secrets.
 */
export function readSettings(
  connector: ConnectorDefinition,
  environment: Environment,
  stored: StoredValues = {},
): Result<SettingsState, string> {
  const gathered = gatherSettings(connector, environment, stored);
  if (!gathered.ok) return gathered;
  const { raw, missing, wanted } = gathered.value;
  const [first] = missing;
  if (first && !wanted) return ok({ configured: false, missing: missing.map(({ variable }) => variable) });
  if (first) return fail(lineOf(connector, { variable: first.variable, message: 'is missing' }));
  const parsed = connector.settings.safeParse(raw);
  if (parsed.success) return ok(configuredWith(connector, parsed.data));
  const descriptions = describeSettings(connector);
  const [issue] = parsed.error.issues;
  const setting = descriptions.find(({ name }) => name === issue?.path[0]);
  const message = `is wrong: ${issue?.message ?? 'not accepted'}`;
  return fail(lineOf(connector, { variable: (setting ?? descriptions[0])?.variable ?? '', message }));
}

/** Whether the environment says anything of this connector alone: a variable that others share, as REPARTEE_PUBLIC_URL, is none. */
export function hasOwnSettings(connector: ConnectorDefinition, environment: Environment): boolean {
  const prefix = settingVariable(connector.name, '');
  return describeSettings(connector).some(
    ({ variable }) => variable.startsWith(prefix) && environment[variable] !== undefined,
  );
}

function coerce(setting: SettingDescription, text: string): Result<unknown, string> {
  if (setting.type === 'string') return ok(text);
  if (setting.type === 'number') {
    const number = text.trim() === '' ? NaN : Number(text);
    return Number.isFinite(number) ? ok(number) : fail('is wrong: must be a number');
  }
  if (text === 'true' || text === 'false') return ok(text === 'true');
  return fail('is wrong: must be true or false');
}

function lineOf(connector: ConnectorDefinition, problem: Problem): string {
  return `${problem.variable} ${problem.message} (setting of the connector ${connector.name})`;
}
