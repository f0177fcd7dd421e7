import { manifestSchema } from '@repartee/connector-sdk';
import { z } from 'zod';

/** JSON Schema of `connector.json`, the manifest of a connector in another language. */
export function describeManifest(): object {
  return {
    title: 'Manifest of a connector in another language',
    ...z.toJSONSchema(manifestSchema, { io: 'input', unrepresentable: 'any' }),
  };
}
