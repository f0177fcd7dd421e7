import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { describeApi } from '@repartee/core';

/** Where the types stand that faces speak to the API by. */
export const API_TYPES = 'libs/ui/src/api/api-types.generated.ts';

const HEAD = `// Generated from the OpenAPI document by \`npm run generate\`. Do not edit.\n`;
/** What faces call. Configuration and imports are for programs: their types would be half of the file. */
const FACES =
  /^\/v1\/(accounts|agents|call-center|calls|connectors$|decisions($|\/\{id\}$|\/why-not)|deliveries|desk|dialogues|do-not-call|entity-hints|inbound|items|kiosk|devices|match-reviews|messages|negotiations|oidc|passwords|profiles|queues|responses|sessions|stream|tasks|treatments$|web)/;

interface Document {
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, object> };
}
interface Operation {
  operationId?: string;
  responses: Record<string, unknown>;
}

/** TypeScript of the API as the faces use it. Refusals are problem documents, the same everywhere: they are left out. */
export async function apiTypes(): Promise<string> {
  const { paths, ...document } = structuredClone(describeApi()) as Document;
  const { schemas } = document.components;
  // JSON of any shape is described by itself, which types cannot say.
  for (const [name, schema] of Object.entries(schemas))
    if (JSON.stringify(schema).includes(`"#/components/schemas/${name}"`)) schemas[name] = {};
  const called = Object.fromEntries(Object.entries(paths).filter(([path]) => FACES.test(path)));
  for (const operation of Object.values(called).flatMap((path) => Object.values(path))) {
    if (!isOperation(operation)) continue;
    // The same handler may serve two routes; types need no names of operations.
    delete operation.operationId;
    for (const status of Object.keys(operation.responses))
      if (status >= '400') delete operation.responses[status];
  }
  const tree = await openapiTypes({ ...document, paths: called } as unknown as OpenAPI3, {
    alphabetize: true,
    silent: true,
  });
  return `${HEAD}${astToString(tree)}`;
}

function isOperation(part: unknown): part is Operation {
  return typeof part === 'object' && part !== null && 'responses' in part;
}
