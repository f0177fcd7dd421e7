import type { ErrorTable } from './error-table.js';

/** Error codes of what is live: streams, presence, push subscriptions. */
export const engagementErrors = {
  'STREAM.UNKNOWN_TOPIC': { status: 400, title: 'A stream has no such topic' },
  'STREAM.INVALID_POSITION': { status: 400, title: 'The Last-Event-ID is not one of this stream' },
  'STREAM.INVALID_TICKET': { status: 401, title: 'The ticket was used, has expired, or is not one of ours' },
  'STREAM.TOPIC_NOT_ALLOWED': { status: 403, title: 'The caller may not follow this topic' },
  'STREAM.TOO_MANY': { status: 429, title: 'Too many streams are open' },
  'PUSH.NOT_CONFIGURED': { status: 404, title: 'Web push is not set up' },
  'PUSH.INVALID_SUBSCRIPTION': { status: 422, title: 'The push subscription cannot be used' },
  'DEVICE.TOO_MANY_PAIRINGS': { status: 429, title: 'Too many devices wait to be let in' },
  'DEVICE.UNKNOWN_CODE': { status: 404, title: 'No device waits with this code' },
  'DEVICE.INVALID_POLL_TOKEN': { status: 401, title: 'The pairing has ended or was never opened' },
  'DEVICE.UNAUTHENTICATED': { status: 401, title: 'The device is not paired' },
  'KIOSK.VISIT_ENDED': { status: 410, title: 'The visit of the kiosk has ended' },
  'KIOSK.INVALID_HAND_OVER': { status: 404, title: 'The hand-over was used or has expired' },
  'DEVICE.NOT_FOUND': { status: 404, title: 'There is no such device' },
} as const satisfies ErrorTable;
