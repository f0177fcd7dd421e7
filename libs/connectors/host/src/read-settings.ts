import {
  describeSettings,
  settingVariable,
  type ConnectorDefinition,
  type SettingDescription,
} from '@repartee/connector-sdk';
import { fail, ok, type Result } from '@repartee/contracts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of one connector, as far as the environment gives them. */
export type SettingsState =
  | { configured: true; settings: Record<string, unknown>; secrets: string[] }
  | { configured: false; missing: string[] };

type Problem = { variable: string; message: string };

/**
 * Reads and checks a connector's settings. With none of its variables set, a connector that needs some is simply not
 * configured; with some set, the rest must be there and right.
 * @returns the settings, or one line that names the variable. Values are never repeated: they may be secrets.
 */
export function readSettings(
  connector: ConnectorDefinition,
  environment: Environment,
): Result<SettingsState, string> {
  const descriptions = describeSettings(connector);
  const present = descriptions.filter(({ variable }) => environment[variable] !== undefined);
  const missing = descriptions.filter((one) => one.required && environment[one.variable] === undefined);
  // A variable that others share, as REPARTEE_PUBLIC_URL, is no sign that somebody wants this connector.
  const prefix = settingVariable(connector.name, '');
  const own = present.filter(({ variable }) => variable.startsWith(prefix));
  if (missing.length > 0 && own.length === 0)
    return ok({ configured: false, missing: missing.map(({ variable }) => variable) });
  const [first] = missing;
  if (first) return fail(lineOf(connector, { variable: first.variable, message: 'is missing' }));

  const raw: Record<string, unknown> = {};
  for (const one of present) {
    const value = coerce(one, environment[one.variable] ?? '');
    if (!value.ok) return fail(lineOf(connector, { variable: one.variable, message: value.failure }));
    raw[one.name] = value.value;
  }
  const parsed = connector.settings.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const setting = descriptions.find(({ name }) => name === issue?.path[0]);
    const message = `is wrong: ${issue?.message ?? 'not accepted'}`;
    return fail(
      lineOf(connector, { variable: setting?.variable ?? descriptions[0]?.variable ?? '', message }),
    );
  }
  const secrets = descriptions.flatMap(({ name, secret }) => {
    const value = parsed.data[name];
    return secret && typeof value === 'string' ? [value] : [];
  });
  return ok({ configured: true, settings: parsed.data, secrets });
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
