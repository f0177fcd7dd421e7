import type { INestApplicationContext, Type } from '@nestjs/common';
import { z } from 'zod';
import {
  createDocument,
  type CreateDocumentOptions,
  type ZodOpenApiObject,
  type ZodOpenApiParameterObject,
} from 'zod-openapi';
import { discoverRoutes } from './discover-routes.js';
import { operationOf, openApiPath } from './operation.js';

export interface OpenApiInfo {
  title?: string;
  version?: string;
  description?: string;
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch']);

const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable, as SCOPE.CODE' }),
    errors: z
      .array(
        z.object({ pointer: z.string().meta({ description: 'JSON pointer, as #/a/b' }), detail: z.string() }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' });

const idempotencyKey: ZodOpenApiParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true`',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};

const RENDERING: CreateDocumentOptions = {
  allowEmptySchema: { custom: true, transform: true, date: true, bigint: true },
  override: ({ jsonSchema, zodSchema, io }) => {
    const { def } = zodSchema._zod;
    if (def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    // Members may be added to answers; only a strict schema says otherwise.
    if (def.type === 'object' && io === 'output' && def.catchall === undefined) {
      delete jsonSchema.additionalProperties;
    }
  },
};

/**
 * The OpenAPI 3.1 document of an application's (or some controllers') routes, from the schemas that check requests.
 * The same code gives the same document, byte for byte.
 */
export function buildOpenApiDocument(
  source: INestApplicationContext | readonly Type<unknown>[],
  info: OpenApiInfo = {},
): object {
  const paths: NonNullable<ZodOpenApiObject['paths']> = {};
  for (const route of discoverRoutes(source)) {
    if (route.doc?.hidden === true || !METHODS.has(route.method)) continue;
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'Repartee', version: '1', ...info },
      paths,
      security: [{ bearer: [] }, { basic: [] }],
      components: {
        securitySchemes: {
          basic: { type: 'http', scheme: 'basic', description: 'The key as user name, without a password' },
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'A server or admin key, or a session token',
          },
        },
        schemas: { Problem: problem },
        parameters: { IdempotencyKey: idempotencyKey },
        responses: {
          Problem: {
            description: 'What went wrong',
            content: { 'application/problem+json': { schema: problem } },
          },
        },
      },
    },
    RENDERING,
  );
  const { components } = document;
  if (components?.schemas) components.schemas = sortKeys(components.schemas);
  return document;
}

function sortKeys<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))) as T;
}
