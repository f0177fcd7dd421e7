import type { OptScope } from '@repartee/connector-sdk';
import type { SmsSettings } from './sms-settings.js';

export type OptSettings = Pick<SmsSettings, 'optOutScope' | 'brand'>;

/** How far STOP and START go. */
export function optScope({ optOutScope, brand }: OptSettings): { scope: OptScope; brand?: string } {
  return { scope: optOutScope, ...(optOutScope === 'brand' && brand !== undefined && { brand }) };
}
