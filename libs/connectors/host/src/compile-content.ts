import type { ConnectorDefinition } from '@repartee/connector-sdk';
import {
  fail,
  failure,
  ok,
  type CompiledContent,
  type FailureDetail,
  type Result,
} from '@repartee/contracts';
import type { z } from 'zod';
import { withinTime } from './time-limit.js';

const COMPILE_TIME_LIMIT = 30_000;

/** Checks content against a channel's schema and compiles it. */
export async function compileContent(
  definition: ConnectorDefinition,
  content: unknown,
  tools: { resources: unknown; stop: AbortSignal },
): Promise<Result<CompiledContent>> {
  const { treatment, channel } = definition;
  if (!treatment) return fail(unknownChannel(channel));
  const parsed = treatment.schema.safeParse(content);
  if (!parsed.success) return fail(invalid(channel, parsed.error.issues.map(detailOf)));
  const compiled = await withinTime(COMPILE_TIME_LIMIT, tools.stop, async (signal) =>
    treatment.compile(parsed.data, { resources: tools.resources, signal }),
  );
  if (!compiled.ended) return fail(invalid(channel, [{ pointer: '#', detail: 'takes too long to compile' }]));
  return compiled.value.ok ? ok(compiled.value.value) : fail(invalid(channel, compiled.value.failure));
}

/** No connector takes content for this channel. */
export function unknownChannel(channel: string) {
  return failure('CONNECTOR.UNKNOWN_CHANNEL', `No connector takes content for the channel "${channel}"`);
}

function invalid(channel: string, errors: FailureDetail[]) {
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return failure(
    'CONNECTOR.INVALID_CONTENT',
    `${channel} content: ${first?.pointer} ${first?.detail}${more}`,
    {
      errors,
    },
  );
}

function detailOf(issue: z.core.$ZodIssue): FailureDetail {
  const steps = issue.path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'));
  return { pointer: ['#', ...steps.map(encodeURIComponent)].join('/'), detail: issue.message };
}
