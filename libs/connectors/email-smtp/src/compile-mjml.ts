import { fail, ok, type FailureDetail, type Result } from '@repartee/contracts';
import { MaskedTemplate } from './masked-template.js';
import type { MjmlCompiler, MjmlError } from './mjml-compiler.js';
import { checkMjmlStructure } from './mjml-structure.js';

const POINTER = '#/mjml';

/** Compiles MJML to HTML in which the Liquid of the source is left to run. */
export async function compileMjml(
  source: string,
  compiler: MjmlCompiler,
): Promise<Result<string, FailureDetail[]>> {
  const masked = new MaskedTemplate(source);
  const structure = checkMjmlStructure(masked.text);
  if (structure.length > 0)
    return fail(
      structure.map(({ message, offset }) => ({
        pointer: POINTER,
        detail: masked.restore(message),
        ...masked.positionOf(offset),
      })),
    );
  const answer = await compiler.compile(masked.text);
  if ('errors' in answer) return fail(answer.errors.map((error) => detailOf(error, masked)));
  const lost = masked.lostIn(answer.html);
  if (lost.length > 0)
    return fail(
      lost.map(({ source: liquid, line, column }) => ({
        pointer: POINTER,
        detail: `${liquid} stands where MJML drops text; put it into <mj-raw>`,
        line,
        column,
      })),
    );
  return ok(masked.restore(answer.html));
}

/** MJML knows the line only; the tag it complains of gives the column. */
function detailOf(error: MjmlError, masked: MaskedTemplate): FailureDetail {
  const lines = masked.text.split('\n');
  const start = lines.slice(0, error.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const tag = (lines[error.line - 1] ?? '').indexOf(`<${error.tagName}`);
  return {
    pointer: POINTER,
    detail: masked.restore(error.message).trim(),
    ...masked.positionOf(start + Math.max(tag, 0)),
  };
}
