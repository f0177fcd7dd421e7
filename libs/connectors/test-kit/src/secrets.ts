import { describeSettings, type ConnectorDefinition } from '@repartee/connector-sdk';

/** Values of the secret settings among `settings`. */
export function secretsIn(
  definition: ConnectorDefinition,
  settings: Readonly<Record<string, unknown>>,
): string[] {
  return describeSettings(definition).flatMap(({ name, secret }) => {
    const value = settings[name];
    return secret && typeof value === 'string' && value !== '' ? [value] : [];
  });
}

/** The forms in which protocols carry the secrets: as they are, in a URL, in JSON, in Base64, in HTTP Basic and SASL PLAIN. */
export function formsOfSecrets(
  definition: ConnectorDefinition,
  settings: Readonly<Record<string, unknown>>,
): string[] {
  const texts = Object.values(settings).filter((value) => typeof value === 'string');
  return secretsIn(definition, settings).flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    base64(secret),
    ...texts.flatMap((text) => [base64(`${text}:${secret}`), base64(`\0${text}\0${secret}`)]),
  ]);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64').replace(/=+$/, '');
}
