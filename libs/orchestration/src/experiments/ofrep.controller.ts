import { Controller, Headers, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { Allow, knownCallerOf } from '@repartee/access';
import { flagReasons } from '@repartee/experiments/domain';
import { ApiDoc, BodyLimit, parseJson, RawBody, ValidParams } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hash } from 'node:crypto';
import { z } from 'zod';
import { EvaluateFlags, type EvaluationContext, type FlagError } from './evaluate-flags.js';

const LIMIT = 64 * 1024;
const tags = ['Flags'];
const keySchema = z.object({ key: z.string().min(1).max(200) });

const requestSchema = z.object({
  context: z
    .looseObject({
      targetingKey: z
        .string()
        .optional()
        .describe('namespace:value, or the id of a user or of a device; who is drawn'),
    })
    .optional(),
});
const errorSchema = z.object({
  key: z.string().optional(),
  errorCode: z.enum(['PARSE_ERROR', 'TARGETING_KEY_MISSING', 'INVALID_CONTEXT', 'FLAG_NOT_FOUND', 'GENERAL']),
  errorDetails: z.string(),
});
const answerSchema = z.object({
  key: z.string(),
  value: z.json(),
  reason: z.enum(flagReasons),
  variant: z.string().optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number()])),
});
const bulkSchema = z.object({ flags: z.array(z.union([answerSchema, errorSchema])) });

/**
 * Flags for OpenFeature clients: OpenFeature Remote Evaluation Protocol, version 1 of its paths
 * (github.com/open-feature/protocol, service/openapi.yaml). Its errors are its own, not problem documents.
 */
@Controller('ofrep/v1/evaluate/flags')
@Allow('session', 'server', { scope: 'flags:read' })
export class OfrepController {
  constructor(@Inject(EvaluateFlags) private readonly flags: EvaluateFlags) {}

  @Post(':key')
  @HttpCode(200)
  @RawBody()
  @BodyLimit(LIMIT)
  @ApiDoc({
    summary: 'One flag for somebody',
    tags,
    body: requestSchema,
    responses: { 200: answerSchema, 400: errorSchema, 404: errorSchema },
  })
  async one(
    @ValidParams(keySchema) { key }: z.output<typeof keySchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = read(request.body);
    if ('errorCode' in context) return refused(reply, { key, ...context });
    const answer = await this.flags.one(knownCallerOf(request), key, context);
    return answer.ok ? answer.value : refused(reply, answer.error);
  }

  @Post()
  @HttpCode(200)
  @RawBody()
  @BodyLimit(LIMIT)
  @ApiDoc({
    summary: 'All flags for somebody; with If-None-Match only if they have changed',
    tags,
    body: requestSchema,
    responses: { 200: bulkSchema, 304: null, 400: errorSchema },
  })
  async all(
    @Req() request: FastifyRequest,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = read(request.body);
    if ('errorCode' in context) return refused(reply, context);
    const answers = await this.flags.all(knownCallerOf(request), context);
    if (!answers.ok) return refused(reply, answers.error);
    const flags = { flags: answers.value };
    const etag = `"${hash('sha256', JSON.stringify(flags), 'base64url').slice(0, 27)}"`;
    void reply.header('etag', etag);
    if (!isKnown(etag, known)) return flags;
    void reply.status(304);
    return undefined;
  }
}

/** Weak comparison (RFC 9110, section 13.1.2). */
function isKnown(etag: string, known = ''): boolean {
  return known
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .some((one) => one === '*' || one === etag);
}

function refused(reply: FastifyReply, error: FlagError): FlagError {
  void reply.status(error.errorCode === 'FLAG_NOT_FOUND' ? 404 : 400);
  return error;
}

function read(body: unknown): EvaluationContext | FlagError {
  const parsed = parseJson(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  if (!parsed.ok) return { errorCode: 'PARSE_ERROR', errorDetails: parsed.failure.detail };
  const { value } = parsed;
  if (!isObject(value)) return { errorCode: 'PARSE_ERROR', errorDetails: 'The body is no JSON object.' };
  const { context = {} } = value;
  if (!isObject(context)) return invalid('context is no object.');
  const { targetingKey } = context;
  if (targetingKey === undefined || targetingKey === null || targetingKey === '')
    return { attributes: context };
  if (typeof targetingKey !== 'string' || targetingKey.length > 300)
    return invalid('context.targetingKey is no text of at most 300 characters.');
  return { targetingKey, attributes: context };
}

function invalid(errorDetails: string): FlagError {
  return { errorCode: 'INVALID_CONTEXT', errorDetails };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
