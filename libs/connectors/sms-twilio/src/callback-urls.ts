import type { RawRequest } from '@repartee/connector-sdk';

const ROUTE = '/v1/connectors/sms-twilio/webhooks';
const STATUS = new RegExp(`${ROUTE}/status/([0-9A-Za-z-]+)(?:[/?#]|$)`);

/** Where Twilio reports on one attempt. Its id is in the path, so the first report clears up an unknown outcome. */
export function statusCallback(publicUrl: string, attemptId: string): string {
  return `${publicUrl.replace(/\/+$/, '')}${ROUTE}/status/${encodeURIComponent(attemptId)}`;
}

export function attemptOf({ url }: Pick<RawRequest, 'url'>): string | undefined {
  return STATUS.exec(url)?.[1];
}

/** The URL as Twilio knew it: behind a proxy the one that was called inside may differ from the public one. */
export function calledUrls({ url }: Pick<RawRequest, 'url'>, publicUrl: string | undefined): string[] {
  const path = url.indexOf(ROUTE);
  if (publicUrl === undefined || path < 0) return [url];
  return [...new Set([url, publicUrl.replace(/\/+$/, '') + url.slice(path)])];
}
