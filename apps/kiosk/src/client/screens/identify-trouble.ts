import { KioskError } from '@repartee/kiosk-client';

/** Which words say why it did not work. */
export function troubleOf(
  error: unknown,
): 'needsNetwork' | 'tooMany' | 'wrongNumber' | 'proofOver' | 'failed' {
  if (!(error instanceof KioskError)) return 'failed';
  if (error.status === 429) return 'tooMany';
  if (error.passing) return 'needsNetwork';
  if (error.code === 'PROFILE.INVALID_IDENTIFIER' || error.status === 400) return 'wrongNumber';
  return error.code === 'KIOSK.CODE_OVER' ? 'proofOver' : 'failed';
}
