import { z } from 'zod';
import { describeSettings } from './settings.js';

/**
 * JSON Schema (2020-12) of a connector's settings, for a form. Secrets are `writeOnly` with the format `password`, and
 * have neither default nor example; `x-variable` names the environment variable.
 */
export function settingsForm(connector: { name: string; settings: z.ZodObject }): Record<string, unknown> {
  const form = z.toJSONSchema(connector.settings, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Record<string, unknown>>;
  };
  const properties = describeSettings(connector).map(({ name, variable, secret, description }) => {
    const {
      secret: _mark,
      variable: _own,
      default: preset,
      examples,
      ...field
    } = form.properties?.[name] ?? {};
    const shown = {
      ...(preset !== undefined && { default: preset }),
      ...(examples !== undefined && { examples }),
    };
    return [
      name,
      {
        ...field,
        ...(description !== undefined && { description }),
        ...(secret ? { writeOnly: true, format: 'password' } : shown),
        'x-variable': variable,
      },
    ];
  });
  return { ...form, properties: Object.fromEntries(properties) as unknown };
}
