import { type Estimate, TemplateError, type TemplateData } from '@repartee/connector-sdk';
import { type CompiledContent, fail, failure, ok, type Result } from '@repartee/contracts';
import { unknownChannel } from './compile-content.js';
import type { ConnectorRunner } from './connector-runner.js';

/** How content would look, and what it would take. */
export interface Preview {
  content: unknown;
  /** Null where the connector does not foretell it. */
  estimate: Estimate | null;
}

/** What compiled content takes; null where nobody foretells it. */
export function estimateOf(runner: ConnectorRunner | undefined, compiled: CompiledContent): Estimate | null {
  const settings = runner?.state.configured ? runner.state.settings : undefined;
  return runner?.definition.treatment?.estimate?.(compiled, settings) ?? null;
}

/** Renders compiled content for one person without sending it. Fails with CONNECTOR.INVALID_CONTENT. */
export function previewContent(
  runner: ConnectorRunner | undefined,
  channel: string,
  compiled: CompiledContent,
  data: TemplateData,
): Result<Preview> {
  const treatment = runner?.definition.treatment;
  if (!treatment) return fail(unknownChannel(channel));
  try {
    return ok({ content: treatment.render(compiled, data), estimate: estimateOf(runner, compiled) });
  } catch (error) {
    if (error instanceof TemplateError) return fail(failure('CONNECTOR.INVALID_CONTENT', error.message));
    throw error;
  }
}
