import { type ErrorEntry, ERRORS } from '@repartee/contracts';
import { table } from './markdown.js';

const FROM = 'Generated from `libs/contracts/src/errors/` by `npm run generate`. Do not edit.';

/** `docs/api/errors.md`: every error code of the product. */
export function errorsPage(): string {
  const codes: [string, ErrorEntry][] = Object.entries(ERRORS);
  const rows = codes
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, title }]) => [`\`${code}\``, String(status), title]);
  return [
    '# Error codes',
    FROM,
    'Every error is an RFC 9457 problem document with one of these codes. Codes are stable; titles may be reworded, and `detail` says what was wrong this time. A running core shows the same table at `/docs/errors`, where the `type` of every problem leads.',
    table(['Code', 'Status', 'Meaning'], rows),
    '',
  ].join('\n\n');
}
