import { z } from 'zod';
import type {
  ZodObjectInput,
  ZodOpenApiOperationObject,
  ZodOpenApiParameters,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';
import type { OpenRoute } from '../route-access.js';
import type { DiscoveredRoute } from './discover-routes.js';

const PARAMETER = /[:*]([A-Za-z_]\w*)/g;

/** `/v1/profiles/:id` in the notation of OpenAPI, `/v1/profiles/{id}`. */
export function openApiPath(path: string): string {
  return path.replace(PARAMETER, '{$1}');
}

/** What the document says of one route. */
export function operationOf(route: DiscoveredRoute): ZodOpenApiOperationObject {
  const { doc } = route;
  const body = doc?.body ?? route.schemas.body;
  const open = (route.access as Partial<OpenRoute> | undefined)?.open === true;
  const takesKey =
    route.method === 'post' &&
    route.body.rawBody !== true &&
    route.body.streamBody !== true &&
    route.body.ignoresIdempotencyKey !== true;
  return {
    operationId: operationId(route),
    summary: doc?.summary ?? words(route.handler),
    ...(doc?.description !== undefined && { description: doc.description }),
    tags: doc?.tags ?? [defaultTag(route.path)],
    ...(open && { security: [] }),
    ...(takesKey && { parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }] }),
    ...parametersOf(route),
    ...(body && {
      requestBody: { required: true, content: content(doc?.consumes ?? ['application/json'], body) },
    }),
    responses: responsesOf(route),
  };
}

function parametersOf(route: DiscoveredRoute): { requestParams?: ZodOpenApiParameters } {
  const named = [...route.path.matchAll(PARAMETER)].map((match) => [match[1]!, z.string()] as const);
  const path = route.schemas.params
    ? asObject(route.schemas.params)
    : named.length > 0
      ? z.object(Object.fromEntries(named))
      : undefined;
  const query = route.schemas.query && asObject(route.schemas.query);
  return path || query ? { requestParams: { ...(path && { path }), ...(query && { query }) } } : {};
}

/** The object a schema starts from: what comes after (a transformation) does not concern the caller. */
function asObject(schema: z.ZodType): ZodObjectInput {
  let inner: unknown = schema;
  while (inner instanceof z.ZodPipe) inner = inner.in;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner as ZodObjectInput;
}

function responsesOf(route: DiscoveredRoute): ZodOpenApiResponsesObject {
  const declared = Object.entries(route.doc?.responses ?? { [route.status]: null });
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, schema] of declared) {
    responses[status as '200'] = responseOf(Number(status), schema, route.doc?.produces);
  }
  return { ...responses, default: { $ref: '#/components/responses/Problem' } };
}

function responseOf(status: number, schema: z.ZodType | null, produces?: string): ZodOpenApiResponseObject {
  const description = status < 300 ? 'Done' : status < 400 ? 'Elsewhere' : 'Not done';
  if (schema) return { description, content: content([produces ?? 'application/json'], schema) };
  return { description, ...(produces !== undefined && { content: { [produces]: {} } }) };
}

function content(types: readonly string[], schema: z.ZodType): Record<string, { schema: z.ZodType }> {
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

function operationId(route: DiscoveredRoute): string {
  const scope = route.controller.name.replace(/Controller$/, '');
  return `${scope.charAt(0).toLowerCase()}${scope.slice(1)}.${route.handler}`;
}

function words(name: string): string {
  const spaced = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}`;
}

function defaultTag(path: string): string {
  return path.split('/').find((step) => step !== '' && step !== 'v1') ?? 'root';
}
