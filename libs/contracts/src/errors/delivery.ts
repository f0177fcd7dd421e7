import type { ErrorTable } from './error-table.js';

/** Error codes of delivery. */
export const deliveryErrors = {
  'DELIVERY.NOT_FOUND': { status: 404, title: 'No such delivery' },
  'DELIVERY.NO_CONNECTOR': { status: 422, title: 'No connector serves this channel' },
  'DELIVERY.NO_ADDRESS': { status: 422, title: 'The person has no address on this channel' },
  'DELIVERY.NOT_UNKNOWN': { status: 409, title: 'What became of the delivery is known' },
  'DELIVERY.ALREADY_SENT': { status: 409, title: 'The delivery has left already' },
} as const satisfies ErrorTable;
