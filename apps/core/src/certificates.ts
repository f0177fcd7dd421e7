import { readCertificateOf } from '@repartee/connector-host';
import type { Certificate } from '@repartee/connector-sdk';
import { connectors } from './connectors.registry.js';

/** What connectors showed in the contract suite, by name: those of the registry, and those that came with one. */
export function certificatesWith(more: readonly Certificate[] = []): Map<string, Certificate> {
  const own = connectors.map(({ name }) => readCertificateOf(`@repartee/connector-${name}`));
  return new Map([...own, ...more].flatMap((one) => (one ? [[one.connector, one] as const] : [])));
}
