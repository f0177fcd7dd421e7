import { Controller, Get, Post } from '@nestjs/common';
import { z } from 'zod';
import { ApiDoc, buildOpenApiDocument, Open, RawBody, ValidBody, ValidParams, ValidQuery } from '../index.js';

const money = z.object({ amount: z.number(), currency: z.string().length(3) }).meta({ id: 'Money' });

@Controller('v1/widgets')
class WidgetsController {
  @Post()
  @ApiDoc({ summary: 'Makes a widget', responses: { 201: z.object({ id: z.string(), made: z.date() }) } })
  create(@ValidBody(z.object({ key: z.string(), price: money.optional() })) _body: unknown): void {}

  @Get(':id')
  @ApiDoc({ summary: 'One widget', responses: { 200: money, 204: null } })
  one(
    @ValidParams(z.object({ id: z.uuid() })) _params: unknown,
    @ValidQuery(z.object({ limit: z.coerce.number().int().default(10) }).transform((q) => q.limit))
    _limit: unknown,
  ): void {}

  @Get('of/:owner/parts/:part')
  listParts(): void {}

  @Post('events')
  @RawBody()
  @Open('sent by browsers')
  @ApiDoc({ summary: 'Takes events', body: z.looseObject({ type: z.string() }), consumes: ['text/plain'] })
  events(): void {}

  @Get('page')
  @ApiDoc({ summary: 'A page', hidden: true })
  page(): void {}
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Record<string, unknown>>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

describe('the OpenAPI document', () => {
  const document = buildOpenApiDocument([WidgetsController]) as Document;

  it('has every documented route, sorted', () => {
    expect(document.openapi).toBe('3.1.1');
    expect(Object.keys(document.paths)).toEqual([
      '/v1/widgets',
      '/v1/widgets/{id}',
      '/v1/widgets/events',
      '/v1/widgets/of/{owner}/parts/{part}',
    ]);
  });

  it('is built from the schemas that check requests', () => {
    expect(document.paths['/v1/widgets']?.['post']).toMatchObject({
      operationId: 'widgets.create',
      tags: ['widgets'],
      parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { required: ['key'], properties: { price: { $ref: '#/components/schemas/Money' } } },
          },
        },
      },
      responses: { default: { $ref: '#/components/responses/Problem' } },
    });
    expect(document.paths['/v1/widgets/{id}']?.['get']?.['parameters']).toMatchObject([
      { in: 'path', name: 'id', required: true, schema: { type: 'string', format: 'uuid' } },
      { in: 'query', name: 'limit', schema: { type: 'integer', default: 10 } },
    ]);
    expect(JSON.stringify(document.paths['/v1/widgets']?.['post']?.['responses'])).toContain('date-time');
  });

  it('tells parameters, open routes and other media types', () => {
    expect(document.paths['/v1/widgets/of/{owner}/parts/{part}']?.['get']).toMatchObject({
      summary: 'List parts',
      parameters: [{ name: 'owner' }, { name: 'part' }],
    });
    const events = document.paths['/v1/widgets/events']?.['post'];
    expect(events).toMatchObject({ security: [], requestBody: { content: { 'text/plain': {} } } });
    expect(events).not.toHaveProperty('parameters');
    expect(Object.keys(document.components.schemas)).toEqual(['Money', 'Problem']);
    expect(Object.keys(document.components.securitySchemes)).toEqual(['basic', 'bearer']);
  });

  it('is the same every time', () => {
    expect(JSON.stringify(buildOpenApiDocument([WidgetsController]))).toBe(JSON.stringify(document));
  });
});
