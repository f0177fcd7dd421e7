import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../../..');

/** Documents that providers publish of themselves. They are read where they lie and are no part of the project. */
const SOURCES: Readonly<Record<string, string>> = {
  'twilio_api_v2010.json': 'https://github.com/twilio/twilio-oai',
  'twilio_messaging_v1.json': 'https://github.com/twilio/twilio-oai',
};

function pathOf(name: string): string {
  return join(resolve(ROOT, process.env['REPARTEE_DATA'] ?? '../shared/data'), 'providers', name);
}

/**
 * A test that needs what a provider publishes. Where a document is absent it does not run, and its title names the file
 * and where it comes from.
 */
export function itWithDocuments(
  title: string,
  names: readonly string[],
  test: (...documents: Record<string, unknown>[]) => void,
): void {
  const absent = names.find((name) => !existsSync(pathOf(name)));
  const read = (name: string) => JSON.parse(readFileSync(pathOf(name), 'utf8')) as Record<string, unknown>;
  if (absent === undefined) it(title, () => test(...names.map(read)));
  else {
    const source = SOURCES[absent] ?? 'unknown';
    // eslint-disable-next-line no-restricted-syntax -- what is not ours to keep may be absent, which must be seen
    it.skip(`${title} (${pathOf(absent)} is absent; its source is ${source})`, () => undefined);
  }
}
