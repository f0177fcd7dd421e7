import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { noteRouteSchema, type RequestPart } from '../openapi/route-doc.js';
import { orThrow } from '../problem/problem-error.js';
import { validate } from './validate.js';

/** The request's body, checked: 400 with `errors[].pointer` when it breaks the schema. Also documents the route. */
export const ValidBody = validPart('body', (request) => request.body);

/** The query as one object, checked. Values are texts or lists of texts: the schema coerces. */
export const ValidQuery = validPart('query', (request) => request.query);

/** The parameters of the path as one object, checked. */
export const ValidParams = validPart('params', (request) => request.params);

function validPart(part: RequestPart, take: (request: FastifyRequest) => unknown) {
  return (schema: z.ZodType): ParameterDecorator =>
    (target, name, index) => {
      if (name === undefined)
        throw new Error('Valid* decorates a parameter of a route, not of a constructor');
      noteRouteSchema(target, name, part, schema);
      // The schema stays out of Nest's hands, which would take it for a pipe: both have a `transform`.
      const decorate = createParamDecorator((_data: unknown, context: ExecutionContext) =>
        orThrow(validate(schema, take(context.switchToHttp().getRequest<FastifyRequest>()), part)),
      );
      decorate()(target, name, index);
    };
}
