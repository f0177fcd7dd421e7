import { mayProfile, type Standing } from '@repartee/governance/domain';
import type { GoldenRecord } from './golden-record.js';

/** The consent to the use of data that decisions about a person ask for. */
const PROFILING = 'data:profiling';

/**
 * Whether decisions may use what is known of a person: not where the person objects to profiling or has it restricted,
 * nor where the consent to `data:profiling` was refused, withdrawn or has yet to be confirmed.
 */
export function mayUseProfile(standing: Standing, { consents }: Pick<GoldenRecord, 'consents'>): boolean {
  const status = consents[PROFILING]?.status;
  return mayProfile(standing) && status !== 'denied' && status !== 'pending';
}
