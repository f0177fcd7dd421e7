import type { Begin } from '@repartee/kiosk-client';

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const MOST = 200;

/** How a visit begins with what a reader or a camera read: a signed code of the site's app, or a card. */
export function beginWith(read: string): Begin | undefined {
  const value = read.trim();
  if (value === '') return undefined;
  if (JWT.test(value) && value.startsWith('eyJ')) return { by: 'qr', userToken: value };
  return { by: 'card', userId: value.slice(0, MOST) };
}
