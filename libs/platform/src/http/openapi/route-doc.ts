import type { z } from 'zod';

export type RequestPart = 'body' | 'query' | 'params';
export type RouteSchemas = Partial<Record<RequestPart, z.ZodType>>;

/** What is said of a route beside its schemas. */
export interface ApiDocOptions {
  summary: string;
  description?: string;
  /** Groups routes in the documentation; the controller's path unless given. */
  tags?: string[];
  /** Schema of the answer by status; `null` for an answer without a body. Problem answers are added. */
  responses?: Record<number, z.ZodType | null>;
  /** Media types of the request's body; `application/json` unless given. */
  consumes?: string[];
  /** Media type of the answers; `application/json` unless given. */
  produces?: string;
  /** Schema of the body of a route that reads it raw. */
  body?: z.ZodType;
  /** Keeps the route out of the document: pages, scripts, redirects. */
  hidden?: boolean;
}

const SCHEMAS = 'repartee:route-schemas';
const DOC = 'repartee:route-doc';

/** Remembers which schema a part of the request is checked with, for the document. */
export function noteRouteSchema(
  target: object,
  name: PropertyKey,
  part: RequestPart,
  schema: z.ZodType,
): void {
  const method = (target as Record<PropertyKey, unknown>)[name] as object;
  Reflect.defineMetadata(SCHEMAS, { ...routeSchemas(method), [part]: schema }, method);
}

export function routeSchemas(method: object): RouteSchemas {
  return (Reflect.getMetadata(SCHEMAS, method) as RouteSchemas | undefined) ?? {};
}

/** Documents a route. Its request schemas come from `@ValidBody`, `@ValidQuery` and `@ValidParams`. */
export function ApiDoc(doc: ApiDocOptions): MethodDecorator {
  return (_target, _name, descriptor) => {
    Reflect.defineMetadata(DOC, doc, descriptor.value as object);
  };
}

export function routeDoc(method: object): ApiDocOptions | undefined {
  return Reflect.getMetadata(DOC, method) as ApiDocOptions | undefined;
}
